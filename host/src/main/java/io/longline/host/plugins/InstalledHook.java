package io.longline.host.plugins;

import io.longline.api.Hook;
import io.longline.api.Interest;
import io.longline.api.NoSettings;
import io.longline.api.Site;
import io.longline.host.settings.RecordSettings;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hook that can be called. Immutable; the object in it is called by as many threads as it allows.
 * Equal to itself alone: the plugin's own record in it is not to be asked.
 *
 * @param id {@code plugin-id/name}
 * @param pluginId the plugin's id
 * @param pluginVersion its version
 * @param holder has the one object of the hook's class; null if that is in another process
 * @param process the number of that process; 0 if it is this one
 * @param sites where it is called
 * @param maxConcurrency by how many threads at once
 * @param classLoader the plugin's, to be the context class loader of a call
 * @param interest which records it wants; null for a hook that reads the logs itself
 * @param declared the settings that it reads
 * @param settings what they are; of no use before {@link #configured}
 * @param outputFolder where in the output folder its outputs go; empty for the folder itself
 * @param timeout how long a call may take
 */
public record InstalledHook(
    String id,
    String pluginId,
    String pluginVersion,
    @Nullable HookObject holder,
    long process,
    Set<Site> sites,
    int maxConcurrency,
    ClassLoader classLoader,
    @Nullable Interest interest,
    RecordSettings declared,
    Record settings,
    String outputFolder,
    Duration timeout) {

  /** How long a call may take unless somebody says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

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
        new HookObject(object),
        0,
        sites,
        maxConcurrency,
        classLoader,
        interest,
        declared,
        new NoSettings(),
        "",
        DEFAULT_TIMEOUT);
  }

  /** A hook in a process of its plugin. */
  InstalledHook(String pluginId, HookDescription hook, long process) {
    this(
        hook.id(),
        pluginId,
        hook.version(),
        null,
        process,
        hook.sites(),
        hook.maxConcurrency(),
        InstalledHook.class.getClassLoader(),
        hook.interest(),
        RecordSettings.elsewhere(hook.settingKeys()),
        new NoSettings(),
        "",
        DEFAULT_TIMEOUT);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Whether it is in a process of its plugin. */
  public boolean isIsolated() {
    return holder == null;
  }

  /**
   * The object; another one after {@link #renew}.
   *
   * @throws IllegalStateException if it is in another process
   */
  public Hook object() {
    if (holder == null) {
      throw new IllegalStateException(id + " is in another process.");
    }
    return holder.get();
  }

  /** Gives the object up, since a thread hangs in it: it is never called again. */
  public void renew() {
    if (holder != null) {
      holder.renew();
    }
  }

  /**
   * The same hook as the user wants it.
   *
   * @param concurrency by how many threads at once, if the hook allows that
   * @param made its settings
   * @param folder where in the output folder its outputs go; empty for the folder itself
   * @param limit how long a call may take
   */
  public InstalledHook configured(int concurrency, Record made, String folder, Duration limit) {
    return new InstalledHook(
        id,
        pluginId,
        pluginVersion,
        holder,
        process,
        sites,
        Math.min(concurrency, maxConcurrency),
        classLoader,
        interest,
        declared,
        made,
        folder,
        limit);
  }
}
