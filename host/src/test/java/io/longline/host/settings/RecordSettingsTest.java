package io.longline.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Secret;
import io.longline.api.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordSettingsTest {

  /** Settings that a plugin might declare. */
  public record Declared(
      @Setting(description = "How often.", defaultValue = "3", min = "1", max = "9") int packDays,
      Optional<String> name,
      Secret apiKey) {

    /** Refuses a number. */
    public Declared {
      if (packDays == 7) {
        throw new IllegalArgumentException("not 7 with " + apiKey.reveal() + ".");
      }
    }
  }

  record WrongDefault(@Setting(defaultValue = "x") int number) {}

  record WrongType(Object anything) {}

  private static SettingReader reader(Map<String, String> written) {
    var flags = new HashMap<String, WrittenValue>();
    written.forEach(
        (key, text) -> flags.put(key, WrittenValue.ofFlag("--set " + key, List.of(text))));
    return new SettingReader(
        new SettingSources(flags, Map.of("LONGLINE_S_API_KEY", "sesame"), null));
  }

  @Test
  void theComponentsAreTheSettings() {
    var settings = RecordSettings.of(Declared.class).settings();
    assertThat(settings)
        .extracting(SettingSpec::key)
        .containsExactly("pack-days", "name", "api-key");
    assertThat(settings).extracting(SettingSpec::isRequired).containsExactly(false, false, true);
    assertThat(settings.get(0).description()).isEqualTo("How often.");
    assertThat(settings.get(0).defaultValue()).isEqualTo(new SettingDefault.Text("3"));
  }

  @Test
  void bindsValuesAndCollectsSecrets() {
    var secrets = new ArrayList<String>();
    var reader = reader(Map.of("s.pack-days", "5", "s.name", "n"));
    var bound = (Declared) RecordSettings.of(Declared.class).bind("s", reader, secrets);
    assertThat(reader.problems()).isEmpty();
    assertThat(bound).isNotNull();
    assertThat(bound.packDays()).isEqualTo(5);
    assertThat(bound.name()).contains("n");
    assertThat(secrets).containsExactly("sesame");
  }

  @Test
  void reportsMissingSettings() {
    var reader = new SettingReader(SettingSources.none());
    assertThat(RecordSettings.of(Declared.class).bind("s", reader, new ArrayList<>())).isNull();
    assertThat(reader.problems())
        .singleElement()
        .asString()
        .startsWith("The setting api-key is missing; write it in [s]: where the secret is");
  }

  @Test
  void aRefusalOfTheRecordIsReportedWithoutTheSecret() {
    var reader = reader(Map.of("s.pack-days", "7"));
    assertThat(RecordSettings.of(Declared.class).bind("s", reader, new ArrayList<>())).isNull();
    assertThat(reader.problems())
        .containsExactly("The settings in [s] are refused by the plugin: not 7 with (secret).");
  }

  @Test
  void refusesComponentsThatCannotBeSettings() {
    assertThatThrownBy(() -> RecordSettings.of(WrongDefault.class))
        .hasMessage("The component number is wrong: its default does not fit; a whole number.");
    assertThatThrownBy(() -> RecordSettings.of(WrongType.class))
        .hasMessage(
            "The component anything is wrong: a setting cannot have its type java.lang.Object.");
    assertThatThrownBy(() -> RecordSettings.of(null)).hasMessage("settings() returns null.");
  }
}
