package io.longline.host.configuration;

import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingsException;
import io.longline.host.settings.SettingsFile;
import io.longline.host.settings.SettingsLayout;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the settings file of a host. */
public final class ConfigurationFile {

  private static final SettingsLayout LAYOUT =
      new SettingsLayout(
          keys(DeclaredSettings.OF_WATCH),
          Map.of(RootTable.NAME, keys(RootTable.SETTINGS)),
          keys(PluginSection.SETTINGS));

  private ConfigurationFile() {}

  /**
   * Reads a file. The values are not checked yet; the keys are, but for those that plugins declare.
   *
   * @throws SettingsException if the file cannot be read, is not TOML, or has an unknown key
   */
  public static SettingsFile read(Path path) throws SettingsException {
    return SettingsFile.read(path, LAYOUT);
  }

  private static Set<String> keys(List<SettingSpec<?>> settings) {
    var keys = new LinkedHashSet<String>();
    settings.forEach(setting -> keys.add(setting.key()));
    return keys;
  }
}
