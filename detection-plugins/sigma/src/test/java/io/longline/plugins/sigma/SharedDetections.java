package io.longline.plugins.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Third-party logs and rules beside the checkout; a test without them is skipped, not in CI. */
final class SharedDetections {

  private SharedDetections() {}

  static Path require(String name) {
    var file =
        Path.of(System.getProperty("longline.shared", "../../shared"), "detections").resolve(name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(file).as("what CI must have").exists();
    }
    assumeTrue(Files.exists(file), "SKIPPED: there is no " + file);
    return file;
  }

  /** Unpacks the rules into a folder. */
  static Path rules(Path into) throws IOException, InterruptedException {
    var archive = require("sigma-rules.tar.xz");
    var tar =
        new ProcessBuilder(
                "tar", "-xJf", archive.toAbsolutePath().toString(), "-C", into.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).as("tar").isZero();
    return into;
  }

  static SigmaSettings settings(Path rules) {
    return new SigmaSettings(
        List.of(rules),
        Optional.empty(),
        Level.INFORMATIONAL,
        List.of("stable", "test", "experimental"),
        List.of(),
        List.of(),
        false);
  }
}
