package io.longline.host.app;

import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.PluginCatalog;
import java.util.List;
import java.util.Map;

/**
 * The plugins of a host, and what it makes of them. Immutable.
 *
 * @param catalog all plugins of the folder
 * @param hooks the hooks that are called, configured, by id
 * @param attempts after how many failures a call is a dead letter, for plugins that have that set
 */
record RunningPlugins(
    PluginCatalog catalog, List<CalledHook> hooks, Map<String, Integer> attempts) {

  RunningPlugins {
    hooks = List.copyOf(hooks);
    attempts = Map.copyOf(attempts);
  }
}
