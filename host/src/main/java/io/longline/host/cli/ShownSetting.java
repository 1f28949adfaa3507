package io.longline.host.cli;

import io.longline.host.configuration.PluginSection;
import io.longline.host.event.EventJson;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.settings.SettingDefault;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.WrittenValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting as it is shown to people. Immutable.
 *
 * @param key what the settings file calls it
 * @param value its value; never a secret
 * @param from where the value comes from
 * @param source who wrote it, in one word
 * @param expected what values it can have
 * @param byDefault its value if nobody has written one
 * @param description what it does
 */
record ShownSetting(
    String key,
    String value,
    String from,
    String source,
    String expected,
    String byDefault,
    String description) {

  /**
   * A setting.
   *
   * @param computed its value if nobody has written one; null if there is none, or a declared one
   */
  static ShownSetting of(
      SettingSpec<?> setting,
      @Nullable WrittenValue written,
      SettingReader reader,
      @Nullable String computed) {
    var value = value(setting, written, reader, computed);
    var source = written == null ? WrittenValue.Source.DEFAULT : written.source();
    return new ShownSetting(
        setting.key(),
        value.isEmpty() ? setting.isRequired() ? "(missing)" : "-" : value,
        written == null ? byDefault(setting) : written.place(),
        source.name().toLowerCase(Locale.ROOT),
        setting.type().expected(),
        setting.isRequired() ? "none; it must be given" : setting.defaultValue().forPeople(),
        setting.description());
  }

  private static String value(
      SettingSpec<?> setting,
      @Nullable WrittenValue written,
      SettingReader reader,
      @Nullable String computed) {
    if (setting.type().isSecret() && written != null) {
      return "(secret)";
    }
    if (reader.value(setting, written) instanceof Path path) {
      return ComputedDefaults.shown(path);
    }
    if (written != null) {
      return written.shownText();
    }
    return setting.defaultValue() instanceof SettingDefault.Text text
        ? text.text()
        : Objects.requireNonNullElse(computed, "");
  }

  private static String byDefault(SettingSpec<?> setting) {
    return setting.defaultValue() instanceof SettingDefault.Words words
        ? "default (" + words.words() + ")"
        : "default";
  }

  /** The settings of a plugin: those of every plugin, then those that it declares itself. */
  static List<ShownSetting> of(
      InstalledPlugin plugin, SettingSources sources, ComputedDefaults defaults) {
    // What is wrong is reported by those who check.
    var reader = new SettingReader(sources);
    var section = new PluginSection(plugin.id());
    var shown = new ArrayList<ShownSetting>();
    for (var each : PluginSection.SETTINGS) {
      var setting = each.in(section.name());
      shown.add(of(setting, sources.find(setting), reader, defaults.ofPlugin(each.key(), plugin)));
    }
    var declared = new LinkedHashMap<String, SettingSpec<?>>();
    for (var hook : plugin.hooks()) {
      for (var each : hook.declared().settings()) {
        var setting = each.in(section.ownName());
        declared.putIfAbsent(setting.key(), setting);
      }
    }
    declared
        .values()
        .forEach(setting -> shown.add(of(setting, sources.find(setting), reader, null)));
    return shown;
  }

  String json() {
    return EventJson.object(
        "setting",
        line -> {
          line.writeStringField("setting", key);
          line.writeStringField("value", value);
          line.writeStringField("source", source);
          line.writeStringField("from", from);
        });
  }
}
