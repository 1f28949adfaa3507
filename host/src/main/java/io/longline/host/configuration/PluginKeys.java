package io.longline.host.configuration;

import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.WrittenValue;
import io.longline.zeek.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys of the settings that plugins with hooks declare. Immutable. */
final class PluginKeys {

  /** By the plugin's id; relative to its own section. */
  private final Map<String, Set<String>> declared = new TreeMap<>();

  PluginKeys(Collection<InstalledPlugin> plugins) {
    for (var plugin : plugins) {
      for (var hook : plugin.hooks()) {
        declared
            .computeIfAbsent(hook.pluginId(), id -> new LinkedHashSet<>())
            .addAll(hook.declared().settings().stream().map(SettingSpec::key).toList());
      }
    }
  }

  /** The plugins with hooks. */
  Set<String> plugins() {
    return declared.keySet();
  }

  /** Reports the keys in the plugins' own sections of the settings file that none declares. */
  void checkFile(SettingReader reader) {
    var file = reader.sources().file();
    if (file == null) {
      return;
    }
    declared.forEach(
        (plugin, known) -> {
          var section = new PluginSection(plugin).ownName();
          for (var key : file.keys(section)) {
            if (!known.contains(key)) {
              reader.problem(
                  "%s: the plugin %s has no setting %s.%s"
                      .formatted(
                          file.placeOf(section + "." + key),
                          plugin,
                          key,
                          NearestName.question(key, known)));
            }
          }
        });
  }

  /** Reports flags that set something that no plugin has. */
  void checkFlags(SettingReader reader) {
    var known = allKeys();
    reader
        .sources()
        .in(PluginSection.ALL)
        .forEach(
            (key, written) -> {
              if (written.source() == WrittenValue.Source.FLAG && !known.contains(key)) {
                reader.problem(
                    written.place()
                        + ": there is no such setting."
                        + NearestName.question(key, known));
              }
            });
  }

  /** A sentence for each environment variable that looks as if it set something of a plugin. */
  List<String> unknownVariables(SettingSources sources) {
    var known = new TreeSet<String>();
    allKeys().forEach(key -> known.add(SettingSpec.variable(key)));
    var sentences = new ArrayList<String>();
    for (var name : new TreeSet<>(sources.variables())) {
      if (name.startsWith(SettingSpec.variable(PluginSection.PREFIX))
          && !known.contains(name)
          && DeclaredSettings.OF_WATCH.stream().noneMatch(each -> each.variable().equals(name))) {
        sentences.add(
            "The environment variable %s is not a setting of an installed plugin.%s"
                .formatted(name, NearestName.question(name, known)));
      }
    }
    return sentences;
  }

  private Set<String> allKeys() {
    var keys = new TreeSet<String>();
    DeclaredSettings.OF_PLUGINS.forEach(setting -> keys.add(setting.key()));
    declared.forEach(
        (plugin, own) -> {
          var section = new PluginSection(plugin);
          PluginSection.SETTINGS.forEach(each -> keys.add(each.in(section.name()).key()));
          own.forEach(key -> keys.add(section.ownName() + "." + key));
        });
    return keys;
  }
}
