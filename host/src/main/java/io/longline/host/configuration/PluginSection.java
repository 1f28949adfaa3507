package io.longline.host.configuration;

import static io.longline.host.settings.SettingSpec.setting;
import static io.longline.host.settings.SettingType.choice;
import static io.longline.host.settings.SettingType.duration;
import static io.longline.host.settings.SettingType.flag;
import static io.longline.host.settings.SettingType.list;
import static io.longline.host.settings.SettingType.number;
import static io.longline.host.settings.SettingType.text;

import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section of a plugin in the settings, {@code [plugins.ID]}: the settings that every plugin
 * has, and below them, in a section of their own, those that it declares itself. Immutable.
 *
 * @param plugin the plugin's id
 */
public record PluginSection(String plugin) {

  /** The section in which all these sections are. */
  static final String ALL = "plugins";

  /** What the keys of all these sections begin with. */
  static final String PREFIX = ALL + ".";

  /** Whether a plugin's hooks are called. */
  static final SettingSpec<Boolean> ENABLED =
      setting("enabled", flag())
          .byDefault("true")
          .says("Whether this host calls the plugin's hooks; if not, their work waits.");

  /** How many times a call of a plugin's hook is attempted. */
  static final SettingSpec<Integer> MAX_ATTEMPTS =
      setting("max-attempts", number(1, 1_000_000))
          .otherwise("max-attempts")
          .says("After this many failures a call of its hooks is a dead letter.");

  /** How many threads may call one of a plugin's hooks at once. */
  static final SettingSpec<Integer> MAX_CONCURRENCY =
      setting("max-concurrency", number(1, 10_000))
          .otherwise("what the hook allows")
          .says(
              "How many threads may call one of its hooks at once (for a record hook: open a sink); never more than the hook allows.");

  /** Where a plugin's outputs go. */
  static final SettingSpec<String> OUTPUT_FOLDER =
      setting("output-folder", text(Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*")))
          .otherwise("the output folder itself")
          .says("The folder for its outputs, inside the output folder.");

  /** How long a call of a plugin's hook may take. */
  static final SettingSpec<Duration> TIMEOUT =
      setting("timeout", duration(Duration.ofMillis(100), null))
          .otherwise("hook-timeout")
          .says("How long a call of its hooks may take.");

  /** Where a plugin runs. */
  static final SettingSpec<Isolation> ISOLATION =
      setting("isolation", choice(List.of(Isolation.values()), Isolation::word))
          .byDefault("thread")
          .says("Whether its hooks run in threads of the host or in a process of their own.");

  /** How much memory the process of a plugin has. */
  static final SettingSpec<String> HEAP =
      setting("heap", text(Pattern.compile("[1-9][0-9]*[mMgG]")))
          .byDefault("512m")
          .says("The heap of its process, with isolation = process: 512m, 2g.");

  /** Which environment variables the process of a plugin gets. */
  static final SettingSpec<List<String>> ENVIRONMENT =
      setting("environment", list(text(Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"))))
          .otherwise("none")
          .says(
              "The names of environment variables that its process gets, with isolation = process, besides those that every program needs.");

  /** The settings that every plugin has; their keys are relative to its section. */
  public static final List<SettingSpec<?>> SETTINGS =
      List.of(
          ENABLED,
          MAX_ATTEMPTS,
          MAX_CONCURRENCY,
          OUTPUT_FOLDER,
          TIMEOUT,
          ISOLATION,
          HEAP,
          ENVIRONMENT);

  /** The name of the section. */
  public String name() {
    return PREFIX + plugin;
  }

  /** The name of the section for the settings that the plugin declares itself. */
  public String ownName() {
    return name() + ".settings";
  }

  /** Whether this host calls the plugin's hooks. */
  public boolean isEnabled(SettingReader reader) {
    return reader.get(ENABLED.in(name()), true);
  }

  /** Where its hooks run. */
  public Isolation isolation(SettingReader reader) {
    return reader.get(ISOLATION.in(name()), Isolation.THREAD);
  }

  /** The heap of its process, as the JVM takes it. */
  public String heap(SettingReader reader) {
    return reader.get(HEAP.in(name()), "512m");
  }

  /** The names of environment variables that its process gets besides the usual ones. */
  public Set<String> environment(SettingReader reader) {
    return Set.copyOf(reader.get(ENVIRONMENT.in(name()), List.of()));
  }

  /** How long a call of its hooks may take, or this if nobody has written it. */
  public Duration timeout(SettingReader reader, Duration otherwise) {
    return reader.get(TIMEOUT.in(name()), otherwise);
  }

  /** How many threads may call a hook of it at once, or this if nobody has written it. */
  public int maxConcurrency(SettingReader reader, int otherwise) {
    return reader.get(MAX_CONCURRENCY.in(name()), otherwise);
  }

  /** The folder for its outputs inside the output folder; empty for that folder itself. */
  public String outputFolder(SettingReader reader) {
    return reader.get(OUTPUT_FOLDER.in(name()), "");
  }

  /** After how many failures a call is a dead letter; null if nobody has written it. */
  @Nullable Integer maxAttempts(SettingReader reader) {
    return reader.find(MAX_ATTEMPTS.in(name()));
  }

  /** Reads all that every plugin has, so that wrong values are reported though nobody asks. */
  void check(SettingReader reader) {
    SETTINGS.forEach(setting -> reader.find(setting.in(name())));
  }
}
