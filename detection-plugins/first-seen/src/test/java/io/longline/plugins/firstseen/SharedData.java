package io.longline.plugins.firstseen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real logs with known answers, if they are available. */
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
}
