package io.longline.host.app;

import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.NearestName;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hooks as the user wants them: what the settings say of their plugins, and their own settings.
 * Immutable.
 *
 * @param hooks all that are installed
 * @param disabled the ids of the plugins whose hooks this host does not call
 * @param attempts after how many failures a call is a dead letter, for plugins that have that set
 * @param secrets the texts of all secrets
 * @param notes what a person should know: sections of plugins that are not there
 */
public record ConfiguredPlugins(
    List<InstalledHook> hooks,
    Set<String> disabled,
    Map<String, Integer> attempts,
    List<String> secrets,
    List<String> notes) {

  /** Where plugins have their sections. */
  private static final String SECTIONS = "plugins.";

  private static final String OWN = ".settings";

  /** Makes copies. */
  public ConfiguredPlugins {
    hooks = List.copyOf(hooks);
    disabled = Set.copyOf(disabled);
    attempts = Map.copyOf(attempts);
    secrets = List.copyOf(secrets);
    notes = List.copyOf(notes);
  }

  /**
   * Configures hooks.
   *
   * @param plugins the ids of the plugins that are there, also of those without hooks
   * @throws SettingsException if something is wrong with the settings of a plugin that is there
   */
  public static ConfiguredPlugins of(
      Collection<InstalledHook> hooks, Collection<String> plugins, SettingSources sources)
      throws SettingsException {
    var reader = new SettingReader(sources);
    var configured = new ArrayList<InstalledHook>();
    var disabled = new TreeSet<String>();
    var attempts = new LinkedHashMap<String, Integer>();
    var secrets = new ArrayList<String>();
    var declared = new LinkedHashMap<String, Set<String>>();
    for (var hook : hooks) {
      var section = section(hook.pluginId());
      var made = hook.declared().bind(ownSection(hook.pluginId()), reader);
      if (made != null) {
        secrets.addAll(hook.declared().secrets(made));
        configured.add(
            hook.configured(
                reader.get(DeclaredSettings.PLUGIN_CONCURRENCY.in(section), hook.maxConcurrency()),
                made,
                reader.get(DeclaredSettings.PLUGIN_OUTPUT.in(section), "")));
      }
      declared
          .computeIfAbsent(hook.pluginId(), id -> new LinkedHashSet<>())
          .addAll(hook.declared().settings().stream().map(SettingSpec::key).toList());
    }
    for (var id : declared.keySet()) {
      read(id, reader, disabled, attempts);
    }
    checkKeys(declared, sources, reader);
    reader.check();
    secrets.removeIf(String::isBlank);
    return new ConfiguredPlugins(configured, disabled, attempts, secrets, notes(plugins, sources));
  }

  private static void read(
      String id, SettingReader reader, Set<String> disabled, Map<String, Integer> attempts) {
    var section = section(id);
    if (!reader.get(DeclaredSettings.PLUGIN_ENABLED.in(section), true)) {
      disabled.add(id);
    }
    var most = reader.find(DeclaredSettings.PLUGIN_ATTEMPTS.in(section));
    if (most != null) {
      attempts.put(id, most);
    }
    // They have no effect yet; a wrong value is told all the same.
    reader.find(DeclaredSettings.PLUGIN_TIMEOUT.in(section));
    reader.find(DeclaredSettings.PLUGIN_ISOLATION.in(section));
  }

  /** The section of a plugin. */
  public static String section(String plugin) {
    return SECTIONS + plugin;
  }

  /** The section of the settings that a plugin declares itself. */
  public static String ownSection(String plugin) {
    return section(plugin) + OWN;
  }

  /** A key in a plugin's own section must be one that a hook of it declares. */
  private static void checkKeys(
      Map<String, Set<String>> declared, SettingSources sources, SettingReader reader) {
    var file = sources.file();
    declared.forEach(
        (plugin, known) -> {
          if (file != null) {
            for (var key : file.keys(ownSection(plugin))) {
              if (!known.contains(key)) {
                reader.problem(
                    "%s: the plugin %s has no setting %s.%s"
                        .formatted(
                            file.placeOf(ownSection(plugin) + "." + key),
                            plugin,
                            key,
                            NearestName.question(key, known)));
              }
            }
          }
        });
    for (var key : sources.flagKeys()) {
      if (key.startsWith(SECTIONS) && !isKnown(key, declared)) {
        reader.problem("--set " + key + ": there is no such setting. See longline plugins ID.");
      }
    }
  }

  private static boolean isKnown(String key, Map<String, Set<String>> declared) {
    return declared.entrySet().stream()
        .anyMatch(
            plugin ->
                DeclaredSettings.OF_PLUGIN.stream()
                        .anyMatch(each -> key.equals(each.in(section(plugin.getKey())).key()))
                    || plugin.getValue().stream()
                        .anyMatch(each -> key.equals(ownSection(plugin.getKey()) + "." + each)));
  }

  private static List<String> notes(Collection<String> plugins, SettingSources sources) {
    var notes = new ArrayList<String>();
    var file = sources.file();
    if (file != null) {
      file.plugins()
          .forEach(
              (id, place) -> {
                if (!plugins.contains(id)) {
                  notes.add(
                      "%s: there is no plugin %s; its section has no effect.%s"
                          .formatted(place, id, NearestName.question(id, plugins)));
                }
              });
    }
    return notes;
  }
}
