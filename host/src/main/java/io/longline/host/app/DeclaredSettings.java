package io.longline.host.app;

import io.longline.host.intake.Readiness;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingType;
import io.longline.host.settings.SettingsFile;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings that there are: what checks them, what the commands take as flags, and what {@code
 * docs/configuration.md} shows, is all made from these.
 */
public final class DeclaredSettings {

  /** What a ledger is called that is kept in memory. */
  public static final String NO_STATE = "none";

  /** The folder of plugin jars. */
  public static final SettingSpec<Path> PLUGINS =
      SettingSpec.of(
              "plugins-dir", "--plugins", "DIR", SettingType.path(), null, "The plugins folder.")
          .withDefaultNote("plugins-dir beside the launcher");

  /** Where outputs go. */
  public static final SettingSpec<Path> OUTPUT =
      SettingSpec.of(
          "output", "--output", "DIR", SettingType.path(), "longline-output", "Where outputs go.");

  /** Where Zeek put extracted files. */
  public static final SettingSpec<Path> EXTRACTED =
      SettingSpec.of(
              "extracted",
              "--extracted",
              "DIR",
              SettingType.path(),
              null,
              "Where Zeek put extracted files.")
          .withDefaultNote("extract_files in each log directory")
          .withVariables("BROAPT_DUMP_PATH");

  /** How many threads call hooks. */
  public static final SettingSpec<Integer> WORKERS =
      SettingSpec.of(
              "workers",
              "--workers",
              "N",
              SettingType.number(1, 10_000),
              null,
              "How many hooks run at once; one more for each isolated plugin.")
          .withDefaultNote("the number of processors")
          .withVariables("BROAPT_HOOK_CPU");

  /** What a plugin problem means. */
  public static final SettingSpec<Boolean> STRICT =
      SettingSpec.of(
          "strict",
          "--strict",
          "",
          SettingType.flag(),
          "false",
          "Refuse to start on any plugin problem; exit with 1 on bad lines and remarks too.");

  /** The hooks that are called. */
  public static final SettingSpec<List<String>> HOOKS =
      SettingSpec.of(
              "hooks",
              "--hooks",
              "ID",
              SettingType.list(SettingType.text()),
              null,
              "Call these hooks only; a plugin's id means all its hooks.")
          .withDefaultNote("all");

  /** The hooks that are not called. */
  public static final SettingSpec<List<String>> WITHOUT =
      SettingSpec.of(
              "without",
              "--without",
              "ID",
              SettingType.list(SettingType.text()),
              null,
              "Do not call these hooks; their work waits for a host that does.")
          .withDefaultNote("none");

  /** The folder of the ledger. */
  public static final SettingSpec<Path> STATE =
      SettingSpec.of(
              "state",
              "--state",
              "DIR",
              SettingType.path(),
              null,
              "The folder of the ledger; for run also \"none\", to keep none.")
          .withDefaultNote(
              "for run .longline in the output folder, otherwise longline in $XDG_STATE_HOME");

  /** The URL of the ledger. */
  public static final SettingSpec<LedgerLocation> LEDGER =
      SettingSpec.of(
              "ledger",
              "--ledger",
              "URL",
              SettingType.ofText("jdbc:postgresql://HOST/DATABASE", LedgerLocation::at),
              null,
              "A ledger that several machines share, in place of one in a folder.")
          .withDefaultNote("none");

  /** The names of folders. */
  public static final SettingSpec<List<String>> ROOTS =
      SettingSpec.of(
              "roots",
              "--root",
              "NAME=DIR",
              SettingType.list(SettingType.text(Pattern.compile("[A-Za-z0-9_.-]+=.+")), false),
              null,
              "Names folders that machines on one ledger have mounted at different places: directories below them are recorded by the name.")
          .withDefaultNote("none");

  /** How often a call is made. */
  public static final SettingSpec<Integer> MAX_ATTEMPTS =
      SettingSpec.of(
          "max-attempts",
          "--max-attempts",
          "N",
          SettingType.number(1, 1_000_000),
          "3",
          "After so many failures a call is a dead letter.");

  /** When a call is made again. */
  public static final SettingSpec<Duration> RETRY_DELAY =
      SettingSpec.of(
              "retry-delay",
              "--retry-delay",
              "DURATION",
              SettingType.duration(Duration.ZERO, null),
              null,
              "How long to wait before the second attempt; doubled each time.")
          .withDefaultNote("1s for run, 30s for watch");

  /** How long a call may take. */
  public static final SettingSpec<Duration> HOOK_TIMEOUT =
      SettingSpec.of(
          "hook-timeout",
          "--hook-timeout",
          "DURATION",
          SettingType.duration(Duration.ofMillis(100), null),
          "10m",
          "How long a call may take; then it is interrupted, and given up if that does not help.");

  /** When a hook is paused. */
  public static final SettingSpec<Integer> PAUSE_AFTER =
      SettingSpec.of(
          "pause-after",
          "--pause-after",
          "N",
          SettingType.number(0, 1_000_000),
          "10",
          "A hook that fails on so many batches in a row is paused: its work waits; 0 for never.");

  /** For how long. */
  public static final SettingSpec<Duration> PAUSE =
      SettingSpec.of(
          "pause",
          "--pause",
          "DURATION",
          SettingType.duration(Duration.ofMillis(100), null),
          "1m",
          "After so long one call of a paused hook is made; if that fails the pause is doubled, up to an hour.");

  /** How long a host is missed. */
  public static final SettingSpec<Duration> LEASE =
      SettingSpec.of(
          "lease",
          "--lease",
          "DURATION",
          SettingType.duration(Duration.ofSeconds(1), null),
          "60s",
          "After so long without a sign of life other hosts take over what this one works on.");

  /** When a directory is complete. */
  public static final SettingSpec<Readiness> READY =
      SettingSpec.of(
          "watch.ready",
          "--ready",
          "WHEN",
          SettingType.ofText("quiet:60s, close, or marker:NAME", Readiness::parse),
          "quiet:60s",
          "When a directory is complete: quiet:DURATION, the same for so long; close, every TSV log ends with #close; marker:NAME, a file of that name is in it.");

  /** How often to look. */
  public static final SettingSpec<Duration> INTERVAL =
      SettingSpec.of(
          "watch.interval",
          "--interval",
          "DURATION",
          SettingType.duration(Duration.ofMillis(100), null),
          "10s",
          "How often to look, whatever the file system tells.");

  /** How long to remember. */
  public static final SettingSpec<Duration> KEEP =
      SettingSpec.of(
              "watch.keep",
              "--keep",
              "DURATION",
              SettingType.duration(Duration.ofHours(1), null),
              null,
              "Once a day remove from the ledger what ended longer ago, as longline prune does.")
          .withDefaultNote("everything");

  /** How long the command that prunes remembers. */
  public static final SettingSpec<Duration> PRUNE_KEEP =
      SettingSpec.of(
              KEEP.key(),
              KEEP.flag(),
              KEEP.label(),
              KEEP.type(),
              null,
              "How long what has ended is kept.")
          .withDefaultNote("watch.keep of the settings file; without it there must be one");

  /** The table of folders to watch. */
  public static final String ROOT_TABLE = "watch.roots";

  /** A folder to watch. */
  public static final SettingSpec<Path> ROOT_PATH =
      SettingSpec.of(
          "path", null, "", SettingType.path(), null, "The folder to look for log directories in.");

  /** When a directory below it is complete. */
  public static final SettingSpec<Readiness> ROOT_READY =
      SettingSpec.of(
              "ready", null, "", READY.type(), null, "When a directory below it is complete.")
          .withDefaultNote("watch.ready");

  /** Which directories are log directories. */
  public static final SettingSpec<PathMatcher> ROOT_NAMES =
      SettingSpec.of(
              "names",
              null,
              "",
              SettingType.ofText(
                  "a pattern of names, such as trace-*",
                  text -> FileSystems.getDefault().getPathMatcher("glob:" + text)),
              null,
              "Only directories whose own name matches the pattern are log directories; the others are looked through for such.")
          .withDefaultNote("any");

  /** Whether a plugin's hooks are called. */
  public static final SettingSpec<Boolean> PLUGIN_ENABLED =
      SettingSpec.of(
          "enabled",
          null,
          "",
          SettingType.flag(),
          "true",
          "Whether this host calls the plugin's hooks; if not, their work waits.");

  /** How often a call of a plugin is made. */
  public static final SettingSpec<Integer> PLUGIN_ATTEMPTS =
      SettingSpec.of(
              "max-attempts",
              null,
              "",
              MAX_ATTEMPTS.type(),
              null,
              "After so many failures a call of it is a dead letter.")
          .withDefaultNote("max-attempts");

  /** How many threads may call a plugin. */
  public static final SettingSpec<Integer> PLUGIN_CONCURRENCY =
      SettingSpec.of(
              "max-concurrency",
              null,
              "",
              WORKERS.type(),
              null,
              "How many threads may call one of its hooks at once, of a record hook: open a sink; never more than the hook allows.")
          .withDefaultNote("what the hook allows");

  /** Where a plugin's outputs go. */
  public static final SettingSpec<String> PLUGIN_OUTPUT =
      SettingSpec.of(
              "output-folder",
              null,
              "",
              SettingType.text(Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*")),
              null,
              "The folder in the output folder that its outputs go to.")
          .withDefaultNote("the output folder itself");

  /** How long a call of a plugin may take. */
  public static final SettingSpec<Duration> PLUGIN_TIMEOUT =
      SettingSpec.of(
              "timeout", null, "", HOOK_TIMEOUT.type(), null, "How long a call of it may take.")
          .withDefaultNote("hook-timeout");

  /** Where a plugin runs. */
  public static final SettingSpec<Isolation> PLUGIN_ISOLATION =
      SettingSpec.of(
          "isolation",
          null,
          "",
          SettingType.choice(List.of(Isolation.values()), Isolation::word),
          "thread",
          "Whether its hooks run in threads of the host or in a process of their own.");

  /** How much memory the process of a plugin has. */
  public static final SettingSpec<String> PLUGIN_HEAP =
      SettingSpec.of(
          "heap",
          null,
          "",
          SettingType.text(Pattern.compile("[1-9][0-9]*[mMgG]")),
          "512m",
          "The heap of its process, with isolation = process: 512m, 2g.");

  /** The plugins that run in processes. */
  public static final SettingSpec<List<String>> ISOLATE =
      SettingSpec.of(
              "isolate",
              "--isolate",
              "PLUGIN",
              SettingType.list(SettingType.text()),
              null,
              "Run the hooks of these plugins in processes of their own; all for all of them.")
          .withDefaultNote("those with isolation = process");

  /** Where a plugin's hooks run. */
  public enum Isolation {
    /** In the host. */
    THREAD,
    /** In a process of their own. */
    PROCESS;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Where the ledger is: what all commands take that use it. */
  public static final List<SettingSpec<?>> OF_LEDGER = List.of(STATE, LEDGER, ROOTS);

  /** What a host takes. */
  public static final List<SettingSpec<?>> OF_HOST =
      joined(
          OF_LEDGER,
          List.of(
              PLUGINS,
              OUTPUT,
              EXTRACTED,
              WORKERS,
              STRICT,
              HOOKS,
              WITHOUT,
              MAX_ATTEMPTS,
              RETRY_DELAY,
              HOOK_TIMEOUT,
              ISOLATE,
              PAUSE_AFTER,
              PAUSE));

  /** What a host takes that watches. */
  public static final List<SettingSpec<?>> OF_WATCH =
      joined(OF_HOST, List.of(LEASE, READY, INTERVAL, KEEP));

  /** What a folder to watch takes. */
  public static final List<SettingSpec<?>> OF_ROOT = List.of(ROOT_PATH, ROOT_READY, ROOT_NAMES);

  /** What each plugin takes. */
  public static final List<SettingSpec<?>> OF_PLUGIN =
      List.of(
          PLUGIN_ENABLED,
          PLUGIN_ATTEMPTS,
          PLUGIN_CONCURRENCY,
          PLUGIN_OUTPUT,
          PLUGIN_TIMEOUT,
          PLUGIN_ISOLATION,
          PLUGIN_HEAP);

  private DeclaredSettings() {}

  private static List<SettingSpec<?>> joined(
      List<SettingSpec<?>> first, List<SettingSpec<?>> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  /** What a settings file may hold. */
  public static SettingsFile.Layout layout() {
    return new SettingsFile.Layout(
        keys(OF_WATCH), Map.of(ROOT_TABLE, keys(OF_ROOT)), keys(OF_PLUGIN));
  }

  private static Set<String> keys(List<SettingSpec<?>> settings) {
    var keys = new LinkedHashSet<String>();
    settings.forEach(setting -> keys.add(setting.key()));
    return keys;
  }
}
