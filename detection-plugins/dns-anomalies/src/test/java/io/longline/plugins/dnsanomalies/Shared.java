package io.longline.plugins.dnsanomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The data with known answers, if it is available. */
final class Shared {

  private Shared() {}

  /** A folder or file of it. If it is missing, the calling test is skipped, but fails in CI. */
  static Path require(String name) {
    var path =
        Path.of(System.getProperty("longline.shared", "../../../shared"), "detections", name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(path).as("data with known answers, which CI must have").exists();
    }
    assumeTrue(Files.exists(path), "SKIPPED: no data with known answers at " + path);
    return path;
  }
}
