package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real logs and feeds with known answers, if they are available. */
final class SharedData {

  private SharedData() {}

  /** A folder or file of them. If it is missing, the calling test is skipped, but fails in CI. */
  static Path require(String name) {
    var path = Path.of(System.getProperty("longline.shared", "../../shared"), name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(path).as("the data, which CI must have").exists();
    }
    assumeTrue(Files.exists(path), "SKIPPED: no data at " + path);
    return path;
  }

  /** Unpacks the feeds, and returns the folder that they are in. */
  static Path feeds(Path target) throws IOException, InterruptedException {
    var archive = require("detections/intel-feeds.tar.xz");
    var tar =
        new ProcessBuilder("tar", "-xJf", archive.toAbsolutePath().toString())
            .directory(target.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).as("tar, which needs xz").isZero();
    return target.resolve("cps");
  }
}
