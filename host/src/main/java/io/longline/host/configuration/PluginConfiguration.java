package io.longline.host.configuration;

import static java.util.stream.Collectors.toSet;

import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.TimeLimit;
import io.longline.host.settings.NearestName;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The hooks as the user wants them: what the settings say of their plugins, and their own settings.
 * Immutable.
 *
 * @param hooks those that are called
 * @param attempts after how many failures a call is a dead letter, for plugins that have that set
 * @param secrets the texts of all secrets
 * @param notes what a person should know: sections of plugins that are not there
 */
public record PluginConfiguration(
    List<InstalledHook> hooks,
    Map<String, Integer> attempts,
    List<String> secrets,
    List<String> notes) {

  /** Where plugins have their sections. */
  private static final String SECTIONS = "plugins.";

  private static final String OWN = ".settings";

  /** Makes copies. */
  public PluginConfiguration {
    hooks = List.copyOf(hooks);
    attempts = Map.copyOf(attempts);
    secrets = List.copyOf(secrets);
    notes = List.copyOf(notes);
  }

  /**
   * Configures hooks.
   *
   * @param called those that the host calls; of the others only the names of the settings count
   * @param catalog all that were found
   * @param timeout how long a call may take, where nothing is said of its plugin
   * @param reader reads the settings, and is told what is wrong
   */
  public static PluginConfiguration of(
      Collection<InstalledHook> called,
      PluginCatalog catalog,
      Duration timeout,
      SettingReader reader) {
    var declared = declaredKeys(catalog.plugins());
    var configured = configure(called, declared, timeout, reader);
    checkFlags(declared, reader);
    var notes = new ArrayList<String>();
    noteUnknownVariables(declared, reader.sources(), notes);
    notes.addAll(notes(catalog, reader.sources()));
    return new PluginConfiguration(
        configured.hooks(), configured.attempts(), configured.secrets(), notes);
  }

  /** The same for some of the plugins; what is written about others does not count. */
  public static PluginConfiguration some(
      Collection<InstalledHook> called,
      Collection<InstalledPlugin> plugins,
      Duration timeout,
      SettingReader reader) {
    return configure(called, declaredKeys(plugins), timeout, reader);
  }

  private static PluginConfiguration configure(
      Collection<InstalledHook> called,
      Map<String, Set<String>> declared,
      Duration timeout,
      SettingReader reader) {
    var configured = new ArrayList<InstalledHook>();
    var attempts = new LinkedHashMap<String, Integer>();
    var secrets = new ArrayList<String>();
    for (var hook : called) {
      var section = section(hook.pluginId());
      var made = made(hook, reader, secrets);
      if (made != null) {
        configured.add(
            hook.configured(
                reader.get(DeclaredSettings.PLUGIN_CONCURRENCY.in(section), hook.maxConcurrency()),
                made,
                reader.get(DeclaredSettings.PLUGIN_OUTPUT.in(section), ""),
                reader.get(DeclaredSettings.PLUGIN_TIMEOUT.in(section), timeout)));
      }
    }
    for (var id : declared.keySet()) {
      var most = reader.find(DeclaredSettings.PLUGIN_ATTEMPTS.in(section(id)));
      if (most != null) {
        attempts.put(id, most);
      }
      check(id, reader);
    }
    checkKeys(declared, reader);
    secrets.removeIf(String::isBlank);
    return new PluginConfiguration(configured, attempts, secrets, List.of());
  }

  /** A hook's record of settings, which is the plugin's code; null if something is wrong. */
  private static @Nullable Record made(
      InstalledHook hook, SettingReader reader, List<String> secrets) {
    var section = ownSection(hook.pluginId());
    try {
      return TimeLimit.call(
              "settings-" + hook.pluginId(),
              PluginCatalog.LOAD_LIMIT,
              () -> Optional.ofNullable(hook.declared().bind(section, reader, secrets)))
          .orElse(null);
    } catch (TimeoutException e) {
      reader.problem(
          "The record of settings of %s was not made after %d s; it hangs at %s."
              .formatted(hook.id(), PluginCatalog.LOAD_LIMIT.toSeconds(), e.getMessage()));
    } catch (ExecutionException e) {
      reader.problem(
          "The record of settings of %s could not be made: %s.".formatted(hook.id(), e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reader.problem("Making the record of settings of %s was interrupted.".formatted(hook.id()));
    }
    return null;
  }

  /** The names of the settings of plugins that have hooks, by the plugin's id. */
  private static Map<String, Set<String>> declaredKeys(Collection<InstalledPlugin> plugins) {
    var declared = new TreeMap<String, Set<String>>();
    for (var plugin : plugins) {
      for (var hook : plugin.hooks()) {
        declared
            .computeIfAbsent(hook.pluginId(), id -> new LinkedHashSet<>())
            .addAll(hook.declared().settings().stream().map(SettingSpec::key).toList());
      }
    }
    return declared;
  }

  /** The same for somebody who calls none of them. */
  public static PluginConfiguration of(
      Collection<InstalledHook> called, PluginCatalog catalog, SettingReader reader) {
    return of(called, catalog, InstalledHook.DEFAULT_TIMEOUT, reader);
  }

  /** The ids of those plugins that the settings do not enable. */
  public static Set<String> disabled(Collection<InstalledPlugin> plugins, SettingReader reader) {
    return plugins.stream()
        .map(InstalledPlugin::id)
        .filter(id -> !reader.get(DeclaredSettings.PLUGIN_ENABLED.in(section(id)), true))
        .collect(toSet());
  }

  /** What counts for plugins only that are called: a wrong value is told all the same. */
  private static void check(String id, SettingReader reader) {
    reader.find(DeclaredSettings.PLUGIN_TIMEOUT.in(section(id)));
    reader.find(DeclaredSettings.PLUGIN_ISOLATION.in(section(id)));
    reader.find(DeclaredSettings.PLUGIN_HEAP.in(section(id)));
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
  private static void checkKeys(Map<String, Set<String>> declared, SettingReader reader) {
    var file = reader.sources().file();
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
  }

  private static void checkFlags(Map<String, Set<String>> declared, SettingReader reader) {
    for (var key : reader.sources().flagKeys()) {
      if (key.startsWith(SECTIONS) && !isKnown(key, declared)) {
        reader.problem("--set " + key + ": there is no such setting. See longline plugins ID.");
      }
    }
  }

  /** A variable with a name that no setting of a plugin has is a slip of the pen, most likely. */
  private static void noteUnknownVariables(
      Map<String, Set<String>> declared, SettingSources sources, List<String> notes) {
    var known = new TreeSet<String>();
    declared.forEach(
        (plugin, keys) -> {
          DeclaredSettings.OF_PLUGIN.forEach(
              each -> known.add(each.in(section(plugin)).variable()));
          keys.forEach(key -> known.add(SettingSpec.variable(ownSection(plugin) + "." + key)));
        });
    for (var name : new TreeSet<>(sources.variables())) {
      if (name.startsWith(SettingSpec.variable(SECTIONS))
          && !known.contains(name)
          && !name.equals(DeclaredSettings.PLUGINS.variable())) {
        notes.add(
            "The environment variable %s is no setting of a plugin that is there.%s"
                .formatted(name, NearestName.question(name, known)));
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

  private static List<String> notes(PluginCatalog catalog, SettingSources sources) {
    var plugins = catalog.plugins().stream().map(InstalledPlugin::id).toList();
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
