package io.longline.host.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessVariablesTest {

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH"})
  void passesWhatEveryProgramNeeds(String name) {
    assertThat(new ProcessVariables(Set.of()).isPassed(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VT_KEY",
        "AWS_SECRET_ACCESS_KEY",
        "PGPASSWORD",
        "LONGLINE_LEDGER",
        "LONGLINE_PLUGINS_OTHER_SETTINGS_API_KEY"
      })
  void keepsWhatNobodyNamed(String name) {
    assertThat(new ProcessVariables(Set.of()).isPassed(name)).isFalse();
  }

  @Test
  void passesWhatTheSettingsName() {
    var variables = new ProcessVariables(Set.of("HTTPS_PROXY"));
    assertThat(variables.isPassed("HTTPS_PROXY")).isTrue();
    assertThat(variables.isPassed("HTTP_PROXY")).isFalse();
  }
}
