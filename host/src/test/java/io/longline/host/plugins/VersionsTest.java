package io.longline.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

  /** The order of semver.org, section 11, and versions that people write. */
  private static final List<String> RISING =
      List.of(
          "0.9",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.0.1",
          "1.9.0",
          "1.10.0-SNAPSHOT",
          "1.10.0",
          "1.10.20251127083000",
          "1.10.20251127083001",
          "2",
          "2.0.1");

  @Test
  void newerVersionsAreGreater() {
    for (int i = 0; i < RISING.size(); i++) {
      for (int j = 0; j < RISING.size(); j++) {
        assertThat(Integer.signum(Versions.compare(RISING.get(i), RISING.get(j))))
            .as("%s and %s", RISING.get(i), RISING.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1.0.0", "1.0,1.0.0", "1.0.0+linux,1.0.0+mac", "01.2,1.2"})
  void equalVersions(String one, String other) {
    assertThat(Versions.compare(one, other)).isZero();
    assertThat(Versions.compare(other, one)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "${version}", "1/2", "1 2", "-1", "1\n"})
  void textsThatAreNoVersion(String text) {
    assertThat(Versions.isVersion(text)).isFalse();
  }
}
