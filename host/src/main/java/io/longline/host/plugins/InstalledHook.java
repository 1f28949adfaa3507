package io.longline.host.plugins;

import io.longline.api.Hook;
import io.longline.api.Interest;
import io.longline.api.RecordHook;
import io.longline.api.Site;
import io.longline.host.settings.RecordSettings;
import io.longline.host.settings.SettingReader;
import io.longline.host.window.WindowRules;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hook of a plugin that was loaded. Immutable. Equal to itself alone: two versions of a plugin
 * may have hooks with the same description.
 */
public final class InstalledHook {

  private final HookDescription description;
  private final HookPlace place;
  private final RecordSettings declared;

  InstalledHook(HookDescription description, HookPlace place, RecordSettings declared) {
    this.description = description;
    this.place = place;
    this.declared = declared;
  }

  /**
   * A hook that is called in this process.
   *
   * @param object the object of the hook's class
   * @param loader the plugin's class loader
   * @param declared the settings that the hook reads
   */
  public static InstalledHook inHost(
      HookDescription description, Hook object, ClassLoader loader, RecordSettings declared) {
    return new InstalledHook(
        description, new HookPlace.InHost(new HookObject(object), loader), declared);
  }

  /**
   * A hook that is called in a process of its plugin.
   *
   * @param process the number of that process
   */
  public static InstalledHook inProcess(HookDescription description, long process) {
    return new InstalledHook(
        description,
        new HookPlace.InProcess(process),
        RecordSettings.elsewhere(description.settingKeys()));
  }

  /** What the hook says of itself. */
  public HookDescription description() {
    return description;
  }

  /** {@code plugin-id/name}. */
  public String id() {
    return description.id();
  }

  /** The plugin's id. */
  public String pluginId() {
    return description.pluginId();
  }

  /** The plugin's version. */
  public String pluginVersion() {
    return description.version();
  }

  /** Where it is called. */
  public Set<Site> sites() {
    return description.sites();
  }

  /** By how many threads at once. */
  public int maxConcurrency() {
    return description.maxConcurrency();
  }

  /** Which records it wants; null for a hook that reads the logs itself. */
  public @Nullable Interest interest() {
    return description.interest();
  }

  /**
   * Which records it wants with its settings, which a hook in this process is asked for; null for a
   * hook that reads the logs itself.
   *
   * @param settings its settings
   * @param reader has it reported if the hook cannot use them
   */
  public @Nullable Interest interest(Record settings, SettingReader reader) {
    if (!(place instanceof HookPlace.InHost inHost)
        || !(inHost.object().get() instanceof RecordHook recordHook)) {
      return interest();
    }
    try {
      return Objects.requireNonNull(recordHook.interest(settings), "interest(Record) is null");
    } catch (IllegalArgumentException | NullPointerException e) {
      reader.problem(
          "plugins.%s: %s cannot use these settings: %s"
              .formatted(pluginId(), id(), e.getMessage()));
      return interest();
    }
  }

  /** Its windows; null if it has none. */
  public @Nullable WindowRules windows() {
    return description.windows();
  }

  /** Where its calls are made. */
  public HookPlace place() {
    return place;
  }

  /** The settings that it reads. */
  public RecordSettings declared() {
    return declared;
  }

  @Override
  public String toString() {
    return id();
  }
}
