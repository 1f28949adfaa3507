package io.longline.host.settings;

import static io.longline.host.settings.SettingSpec.setting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {

  private static final SettingSpec<Integer> WORKERS =
      setting("workers", SettingType.number(1, 99)).byDefault("1").alsoFrom("OLD_WORKERS");

  private static final WrittenValue FLAG = WrittenValue.ofFlag("--workers", List.of("9"));

  @TempDir Path folder;

  private SettingsFile file;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException, SettingsException {
    file = file("workers = 2", "[plugins.p.settings]", "a = 1", "b = 2");
  }

  private SettingsFile file(String... lines) throws IOException, SettingsException {
    var path = folder.resolve("longline.toml");
    Files.write(path, List.of(lines));
    return SettingsFile.read(path, new SettingsLayout(Set.of("workers"), Map.of(), Set.of()));
  }

  private static String where(SettingSources sources) {
    return Objects.requireNonNull(sources.find(WORKERS)).where();
  }

  @Test
  void aFlagTakesPrecedenceOverAVariableAndThatOverTheFile() {
    assertThat(SettingSources.none().find(WORKERS)).isNull();
    assertThat(where(new SettingSources(Map.of(), environment, file)))
        .isEqualTo(file.path() + ":1: workers");
    environment.put("OLD_WORKERS", "3");
    assertThat(where(new SettingSources(Map.of(), environment, file))).isEqualTo("OLD_WORKERS");
    environment.put("LONGLINE_WORKERS", "4");
    assertThat(where(new SettingSources(Map.of(), environment, file)))
        .as("its own variable counts more than that of another program")
        .isEqualTo("LONGLINE_WORKERS");
    assertThat(where(new SettingSources(Map.of("workers", FLAG), environment, file)))
        .isEqualTo("--workers");
  }

  @Test
  void aBlankVariableSetsNothing() {
    environment.put("LONGLINE_WORKERS", " ");
    assertThat(new SettingSources(Map.of(), environment, null).find(WORKERS)).isNull();
  }

  @Test
  void aFileAloneIsNotChangedByVariables() {
    environment.put("LONGLINE_WORKERS", "4");
    var sources = SettingSources.fileAlone(file, environment);
    assertThat(where(sources)).isEqualTo(file.path() + ":1: workers");
    assertThat(sources.variables()).isEmpty();
    assertThat(sources.environment()).as("for secrets").containsKey("LONGLINE_WORKERS");
  }

  @Test
  void aVariableIsNamedAfterTheWholeKey() {
    var key = setting("pack-days", SettingType.flag()).in("plugins.my.files.settings");
    assertThat(key.variable()).isEqualTo("LONGLINE_PLUGINS_MY_FILES_SETTINGS_PACK_DAYS");
  }

  @Test
  void aSectionIsHandedToAnotherProcessWithItsPrecedence() {
    var section = "plugins.p.settings";
    var flag = WrittenValue.ofFlag("--set " + section + ".a", List.of("5"));
    var here = new SettingSources(Map.of(section + ".a", flag), environment, file);
    var written = here.in(section);
    assertThat(written).containsOnlyKeys(section + ".a", section + ".b");
    assertThat(written.get(section + ".a")).isEqualTo(flag);

    environment.put("LONGLINE_PLUGINS_P_SETTINGS_A", "6");
    environment.put("LONGLINE_PLUGINS_P_SETTINGS_B", "7");
    var there = SettingSources.found(written, environment);
    var text = SettingType.text();
    assertThat(there.find(setting("a", text).in(section))).isEqualTo(flag);
    assertThat(there.find(setting("b", text).in(section)))
        .as("a variable counts more than the file there too")
        .extracting(WrittenValue::where)
        .isEqualTo("LONGLINE_PLUGINS_P_SETTINGS_B");
    environment.clear();
    assertThat(SettingSources.found(written, environment).find(setting("b", text).in(section)))
        .isEqualTo(written.get(section + ".b"));
  }

  @Test
  void aSectionHasTheVariablesThatSetItAndThoseOfItsSecrets() throws Exception {
    var withSecrets =
        file(
            "[plugins.p.settings]",
            "key = { env = \"P_KEY\" }",
            "[plugins.q.settings]",
            "key = { env = \"Q_KEY\" }");
    environment.putAll(
        Map.of(
            "P_KEY", "1",
            "Q_KEY", "2",
            "LONGLINE_PLUGINS_P_SETTINGS_A", "3",
            "LONGLINE_PLUGINS_Q_SETTINGS_A", "4",
            "LONGLINE_LEDGER", "5",
            "OTHER", "6"));
    assertThat(
            new SettingSources(Map.of(), environment, withSecrets)
                .environmentOf("plugins.p.settings"))
        .containsOnlyKeys("P_KEY", "LONGLINE_PLUGINS_P_SETTINGS_A");
  }
}
