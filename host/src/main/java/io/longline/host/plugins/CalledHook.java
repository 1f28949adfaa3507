package io.longline.host.plugins;

import io.longline.api.Hook;
import io.longline.api.Interest;
import io.longline.api.Site;
import io.longline.host.window.WindowRules;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hook that a host calls: an installed one, configured. Immutable; the object behind it is called
 * by as many threads as it allows. Equal to itself alone.
 */
public final class CalledHook {

  private final String id;
  private final InstalledHook hook;
  private final HookOptions options;
  private final @Nullable Interest interest;

  /** A hook with what the settings say of it. */
  public CalledHook(InstalledHook hook, HookOptions options) {
    this(hook, options, hook.interest());
  }

  /**
   * A hook with what the settings say of it.
   *
   * @param interest which records it wants with them; null for a hook that reads the logs itself
   */
  public CalledHook(InstalledHook hook, HookOptions options, @Nullable Interest interest) {
    this.id = hook.id();
    this.hook = hook;
    this.options = options;
    this.interest = interest;
  }

  /** {@code plugin-id/name}. */
  public String id() {
    return id;
  }

  /** The plugin's id. */
  public String pluginId() {
    return hook.pluginId();
  }

  /** The plugin's version. */
  public String pluginVersion() {
    return hook.pluginVersion();
  }

  /** Whether it is called at a site. */
  public boolean isCalledAt(Site site) {
    return hook.sites().contains(site);
  }

  /** Where it is called. */
  public Set<Site> sites() {
    return hook.sites();
  }

  /** By how many threads at once. */
  public int maxConcurrency() {
    return Math.min(options.concurrency(), hook.maxConcurrency());
  }

  /** Which records it wants; null for a hook that reads the logs itself. */
  public @Nullable Interest interest() {
    return interest;
  }

  /** Why it has nothing to do with its settings, and is not called; null if it is called. */
  public @Nullable String whyIdle() {
    return interest == null ? null : interest.whyNone();
  }

  /** Its windows; null if it has none. */
  public @Nullable WindowRules windows() {
    return hook.windows();
  }

  /** Its own settings. */
  public Record settings() {
    return options.settings();
  }

  /** Where in the output folder its outputs go; empty for the folder itself. */
  public String outputFolder() {
    return options.outputFolder();
  }

  /** How long a call may take. */
  public Duration timeout() {
    return options.timeout();
  }

  /** Where its calls are made. */
  public HookPlace place() {
    return hook.place();
  }

  /**
   * The object to call; another one after {@link #renew}.
   *
   * @throws IllegalStateException if the hook is called in another process
   */
  public Hook object() {
    return inHost().object().get();
  }

  /**
   * The context class loader of a call.
   *
   * @throws IllegalStateException if the hook is called in another process
   */
  public ClassLoader classLoader() {
    return inHost().loader();
  }

  private HookPlace.InHost inHost() {
    if (place() instanceof HookPlace.InHost inHost) {
      return inHost;
    }
    throw new IllegalStateException(id() + " is called in another process.");
  }

  /** Gives up the object of a hook, since a thread hangs in it: it is never called again. */
  public void renew() {
    if (place() instanceof HookPlace.InHost inHost) {
      inHost.object().renew();
    }
  }

  @Override
  public String toString() {
    return id();
  }
}
