package io.longline.host.app;

import static java.util.stream.Collectors.toMap;

import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.settings.SettingReader;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Configures the plugins that are loaded while a host runs, each once. Confined to one thread. */
final class NewPlugins {

  private final HostSettings settings;
  private final WindowStorage windows;

  /** By the plugin's id. */
  private final Map<String, PluginConfiguration> configured = new HashMap<>();

  NewPlugins(HostSettings settings, WindowStorage windows) {
    this.settings = settings;
    this.windows = windows;
  }

  /**
   * The configuration of some plugins.
   *
   * @param hooks the hooks that are called
   * @param attempts the number of failures after which a call is a dead letter, by plugin
   * @param secrets the texts of secrets
   */
  record Configured(List<CalledHook> hooks, Map<String, Integer> attempts, List<String> secrets) {}

  /**
   * Configures a plugin that was just loaded.
   *
   * @return what is wrong with its settings
   */
  List<String> configure(InstalledPlugin plugin) {
    var reader = new SettingReader(settings.plugins().sources());
    var plugins = List.of(plugin);
    var selection =
        settings.plugins().selection().alsoWithout(PluginConfiguration.disabled(plugins, reader));
    var hooks = selection.among(plugin.hooks());
    configured.put(
        plugin.id(),
        PluginConfiguration.ofSome(hooks, plugins, settings.calling().timeout(), reader));
    if (hooks.stream().anyMatch(hook -> hook.windows() != null)) {
      checkFolder(reader);
    }
    return reader.problems();
  }

  private void checkFolder(SettingReader reader) {
    try {
      var problem = windows.problem();
      if (problem != null) {
        reader.problem(problem);
      }
    } catch (IOException e) {
      reader.problem(
          "The ledger cannot say where the parts of windows are: %s Put the jar in again, or start the host again."
              .formatted(e.getMessage()));
    }
  }

  /** The configuration of those of the plugins that were configured. */
  Configured of(Collection<InstalledPlugin> plugins) {
    var found =
        plugins.stream()
            .map(plugin -> configured.get(plugin.id()))
            .filter(Objects::nonNull)
            .toList();
    return new Configured(
        found.stream().flatMap(each -> each.hooks().stream()).toList(),
        found.stream()
            .flatMap(each -> each.attempts().entrySet().stream())
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)),
        found.stream().flatMap(each -> each.secrets().stream()).toList());
  }
}
