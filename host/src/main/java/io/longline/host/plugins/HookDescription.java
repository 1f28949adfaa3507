package io.longline.host.plugins;

import io.longline.api.Interest;
import io.longline.api.Site;
import io.longline.host.window.WindowRules;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a hook says of itself. Immutable.
 *
 * @param id {@code plugin-id/name}
 * @param pluginId the plugin's id
 * @param version the plugin's version
 * @param sites where the hook is called
 * @param maxConcurrency by how many threads at once
 * @param interest which records it wants; null for a hook that reads the logs itself
 * @param settingKeys the names of its settings, relative to the plugin's section
 * @param windows its windows; null if it has none
 */
public record HookDescription(
    String id,
    String pluginId,
    String version,
    Set<Site> sites,
    int maxConcurrency,
    @Nullable Interest interest,
    List<String> settingKeys,
    @Nullable WindowRules windows) {

  /** A hook without windows. */
  public HookDescription(
      String id,
      String pluginId,
      String version,
      Set<Site> sites,
      int maxConcurrency,
      @Nullable Interest interest,
      List<String> settingKeys) {
    this(id, pluginId, version, sites, maxConcurrency, interest, settingKeys, null);
  }

  /** The same, but for which records it wants. */
  public HookDescription wanting(@Nullable Interest wanted) {
    return new HookDescription(
        id, pluginId, version, sites, maxConcurrency, wanted, settingKeys, windows);
  }

  /** Makes copies. */
  public HookDescription {
    sites = Set.copyOf(sites);
    settingKeys = List.copyOf(settingKeys);
  }
}
