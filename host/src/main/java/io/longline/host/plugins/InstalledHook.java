package io.longline.host.plugins;

import io.longline.api.Hook;
import io.longline.api.Site;
import java.util.Set;

/**
 * A hook that can be called. Immutable; the object in it is called by as many threads as it allows.
 *
 * @param id {@code plugin-id/name}
 * @param pluginId the plugin's id
 * @param pluginVersion its version
 * @param object the one object of the hook's class
 * @param sites where it is called
 * @param maxConcurrency by how many threads at once
 * @param classLoader the plugin's, to be the context class loader of a call
 */
public record InstalledHook(
    String id,
    String pluginId,
    String pluginVersion,
    Hook object,
    Set<Site> sites,
    int maxConcurrency,
    ClassLoader classLoader) {

  /** Makes a copy of the sites. */
  public InstalledHook {
    sites = Set.copyOf(sites);
  }
}
