package io.longline.host.plugins;

import io.longline.api.Hook;
import io.longline.api.Interest;
import io.longline.api.NoSettings;
import io.longline.api.Site;
import io.longline.host.settings.RecordSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
 * @param interest which records it wants; null for a hook that reads the logs itself
 * @param declared the settings that it reads
 * @param settings what they are; of no use before {@link #configured}
 * @param outputFolder where in the output folder its outputs go; empty for the folder itself
 */
public record InstalledHook(
    String id,
    String pluginId,
    String pluginVersion,
    Hook object,
    Set<Site> sites,
    int maxConcurrency,
    ClassLoader classLoader,
    @Nullable Interest interest,
    RecordSettings declared,
    Record settings,
    String outputFolder) {

  /** Makes a copy of the sites. */
  public InstalledHook {
    sites = Set.copyOf(sites);
  }

  /** A hook that was just made, not configured. */
  public InstalledHook(
      String id,
      String pluginId,
      String pluginVersion,
      Hook object,
      Set<Site> sites,
      int maxConcurrency,
      ClassLoader classLoader,
      @Nullable Interest interest,
      RecordSettings declared) {
    this(
        id,
        pluginId,
        pluginVersion,
        object,
        sites,
        maxConcurrency,
        classLoader,
        interest,
        declared,
        new NoSettings(),
        "");
  }

  /**
   * The same hook as the user wants it.
   *
   * @param concurrency by how many threads at once, if the hook allows that
   * @param made its settings
   * @param folder where in the output folder its outputs go; empty for the folder itself
   */
  public InstalledHook configured(int concurrency, Record made, String folder) {
    return new InstalledHook(
        id,
        pluginId,
        pluginVersion,
        object,
        sites,
        Math.min(concurrency, maxConcurrency),
        classLoader,
        interest,
        declared,
        made,
        folder);
  }
}
