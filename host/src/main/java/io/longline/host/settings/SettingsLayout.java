package io.longline.host.settings;

import java.util.Map;
import java.util.Set;

/**
 * The keys that a settings file may have. Immutable.
 *
 * @param keys the keys at the top and in sections, with dots
 * @param repeated the keys of each table that can be repeated, by the name of the table
 * @param pluginKeys the keys in the section of each plugin; those in its section {@code settings}
 *     are declared by the plugin
 */
public record SettingsLayout(
    Set<String> keys, Map<String, Set<String>> repeated, Set<String> pluginKeys) {

  /** Makes copies. */
  public SettingsLayout {
    keys = Set.copyOf(keys);
    repeated = Map.copyOf(repeated);
    pluginKeys = Set.copyOf(pluginKeys);
  }
}
