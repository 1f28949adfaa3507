package io.longline.host.configuration;

import static io.longline.host.settings.SettingSpec.setting;
import static io.longline.host.settings.SettingType.choice;
import static io.longline.host.settings.SettingType.duration;
import static io.longline.host.settings.SettingType.flag;
import static io.longline.host.settings.SettingType.list;
import static io.longline.host.settings.SettingType.number;
import static io.longline.host.settings.SettingType.ofText;
import static io.longline.host.settings.SettingType.path;
import static io.longline.host.settings.SettingType.text;

import io.longline.host.files.FileAccess;
import io.longline.host.intake.LogNames;
import io.longline.host.intake.Readiness;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.settings.SettingSpec;
import io.longline.host.trust.TrustPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The settings that exist. The checks, the flags of the commands and {@code docs/configuration.md}
 * are all made from these declarations.
 */
public final class DeclaredSettings {

  /** The value of {@link #STATE} that keeps the ledger in memory. */
  public static final String NO_STATE = "none";

  /** The folder of plugin jars. */
  public static final SettingSpec<Path> PLUGINS =
      setting("plugins-dir", path())
          .flag("--plugins", "DIR")
          .otherwise("plugins in the installation, plugins-dir in a checkout")
          .says("The plugins folder.");

  /** Which jars of plugins are loaded. */
  public static final SettingSpec<TrustPolicy> TRUST =
      setting("plugins.trust", choice(List.of(TrustPolicy.values()), TrustPolicy::word))
          .flag("--trust", "POLICY")
          .byDefault("any")
          .says(
              "Which jars of the plugins folder are loaded: any, those in its plugins.lock (pinned), or those that a trusted key has signed (signed).");

  /** The folder of trusted keys. */
  public static final SettingSpec<Path> KEYS =
      setting("plugins.keys", path())
          .flag("--keys", "DIR")
          .otherwise("none")
          .says(
              "The folder of the keys whose signatures count: public keys of minisign, *.pub, without those that are there as *.revoked.");

  /** The indexes of plugins. */
  public static final SettingSpec<List<String>> INDEX =
      setting("plugins.index", IndexLocations.TYPE)
          .otherwise("none")
          .says("Folders and https addresses with an index.json of plugins, the first one first.");

  /** The indexes of plugins, for the commands that read them. */
  public static final SettingSpec<List<String>> INDEX_OF_COMMAND = INDEX.flag("--index", "INDEX");

  /** The settings about where plugins come from. */
  public static final List<SettingSpec<?>> OF_PLUGINS = List.of(TRUST, KEYS, INDEX);

  /** The output folder. */
  public static final SettingSpec<Path> OUTPUT =
      setting("output", path())
          .flag("--output", "DIR")
          .byDefault("longline-output")
          .says("The folder for outputs.");

  /** Who may read outputs. */
  public static final SettingSpec<FileAccess> OUTPUT_ACCESS =
      setting("output-access", choice(List.of(FileAccess.values()), FileAccess::word))
          .flag("--output-access", "WHO")
          .byDefault("group")
          .says(
              "Who may read the outputs, whatever the umask is: the owner alone, the group, or all. Nobody but the owner may write them.");

  /** The folder for parts and windows. */
  public static final SettingSpec<Path> WINDOWS =
      setting("windows", path())
          .flag("--windows", "DIR")
          .otherwise("the output folder")
          .says(
              "Folder for the parts of hooks with windows and for what windows write; one that all hosts see if several use the ledger.");

  /** The format of the log of findings. */
  public static final SettingSpec<FindingsFormat> FINDINGS =
      setting("findings", choice(List.of(FindingsFormat.values()), FindingsFormat::word))
          .flag("--findings", "FORMAT")
          .byDefault("zeek")
          .says("The format of the log of findings: Zeek's own or JSON.");

  /** When windows without new facts are closed. */
  public static final SettingSpec<Duration> WINDOWS_IDLE =
      setting("watch.windows-idle", duration(Duration.ofSeconds(1), null))
          .flag("--windows-idle", "DURATION")
          .byDefault("3h")
          .says("Close the windows of a hook that has got no facts for so long.");

  /** The folder in which Zeek put extracted files. */
  public static final SettingSpec<Path> EXTRACTED =
      setting("extracted", path())
          .flag("--extracted", "DIR")
          .otherwise("extract_files in each log directory")
          .alsoFrom("BROAPT_DUMP_PATH")
          .says("The folder in which Zeek put extracted files.");

  /** More names of logs. */
  public static final SettingSpec<List<String>> LOG_NAMES =
      setting(
              "log-names",
              list(ofText("a pattern for names, such as *.log.bak", LogNames::checked)))
          .flag("--log-names", "PATTERN")
          .otherwise("none")
          .says(
              "Files with these names may be logs too, besides those that end in a known ending.");

  /** How many threads call hooks. */
  public static final SettingSpec<Integer> WORKERS =
      setting("workers", number(1, 10_000))
          .flag("--workers", "N")
          .otherwise("the number of processors")
          .alsoFrom("BROAPT_HOOK_CPU")
          .says("How many threads call hooks; each isolated plugin adds one.");

  /** Whether a plugin problem prevents the start. */
  public static final SettingSpec<Boolean> STRICT =
      setting("strict", flag())
          .flag("--strict")
          .byDefault("false")
          .says("Refuse to start on any plugin problem; exit with 1 on bad lines and remarks too.");

  /** The hooks that are called. */
  public static final SettingSpec<List<String>> HOOKS =
      setting("hooks", list(text()))
          .flag("--hooks", "ID")
          .otherwise("all")
          .says("Call only these hooks; the id of a plugin means all its hooks.");

  /** The hooks that are not called. */
  public static final SettingSpec<List<String>> WITHOUT =
      setting("without", list(text()))
          .flag("--without", "ID")
          .otherwise("none")
          .says("Do not call these hooks; their work waits for a host that does.");

  /** The folder of the ledger. */
  public static final SettingSpec<Path> STATE =
      setting("state", path())
          .flag("--state", "DIR")
          .otherwise(
              "for run .longline in the output folder, otherwise longline in $XDG_STATE_HOME")
          .says("The folder of the ledger; for run also \"none\", to keep none.");

  /** The URL of the ledger. */
  public static final SettingSpec<LedgerLocation> LEDGER =
      setting("ledger", ofText("jdbc:postgresql://HOST/DATABASE", LedgerLocation::at))
          .flag("--ledger", "URL")
          .otherwise("none")
          .says("A ledger that several machines share, instead of one in a folder.");

  /** The file with the password of the ledger's server. */
  public static final SettingSpec<Path> LEDGER_PASSWORD_FILE =
      setting("ledger-password-file", path())
          .flag("--ledger-password-file", "FILE")
          .otherwise("~/.pgpass, as for PostgreSQL's own programs")
          .says(
              "A file that has the password for the ledger's server and nothing else; only its owner may read it.");

  /** Names of folders. */
  public static final SettingSpec<List<String>> ROOTS =
      setting("roots", list(text(Pattern.compile("[A-Za-z0-9_.-]+=.+")), false))
          .flag("--root", "NAME=DIR")
          .otherwise("none")
          .says(
              "Names for folders that machines sharing a ledger have mounted at different places: the ledger records directories below them by these names.");

  /** How many times a call is attempted. */
  public static final SettingSpec<Integer> MAX_ATTEMPTS =
      setting("max-attempts", number(1, 1_000_000))
          .flag("--max-attempts", "N")
          .byDefault("3")
          .says("After this many failures a call is a dead letter.");

  /** When a call is attempted again. */
  public static final SettingSpec<Duration> RETRY_DELAY =
      setting("retry-delay", duration(Duration.ZERO, null))
          .flag("--retry-delay", "DURATION")
          .otherwise("1s for run, 30s for watch")
          .says("How long to wait before the second attempt; doubled each time.");

  /** How long a call may take. */
  public static final SettingSpec<Duration> HOOK_TIMEOUT =
      setting("hook-timeout", duration(Duration.ofMillis(100), null))
          .flag("--hook-timeout", "DURATION")
          .byDefault("10m")
          .says(
              "How long a call may take; then it is interrupted, and abandoned if that does not help.");

  /** When a hook is paused. */
  public static final SettingSpec<Integer> PAUSE_AFTER =
      setting("pause-after", number(0, 1_000_000))
          .flag("--pause-after", "N")
          .byDefault("10")
          .says(
              "A hook that fails on this many batches in a row is paused and its work waits; 0 for never.");

  /** How long a hook is paused. */
  public static final SettingSpec<Duration> PAUSE =
      setting("pause", duration(Duration.ofMillis(100), null))
          .flag("--pause", "DURATION")
          .byDefault("1m")
          .says(
              "How long until a paused hook is called once to try it; doubled each time that call fails, up to an hour.");

  /** How long a host may be silent. */
  public static final SettingSpec<Duration> LEASE =
      setting("lease", duration(Duration.ofSeconds(1), null))
          .flag("--lease", "DURATION")
          .byDefault("60s")
          .says(
              "After this long without a sign of life from this host, other hosts take over its work.");

  /** How long a host waits for the server of its ledger when it starts. */
  public static final SettingSpec<Duration> LEDGER_WAIT =
      setting("ledger-wait", duration(Duration.ZERO, null))
          .flag("--ledger-wait", "DURATION")
          .byDefault("5m")
          .says(
              "How long a host that starts waits for a PostgreSQL server that cannot be reached; then it ends with exit code 3.");

  /** When a directory is complete. */
  public static final SettingSpec<Readiness> READY =
      setting("watch.ready", RootTable.READY.type())
          .flag("--ready", "WHEN")
          .byDefault("quiet:60s")
          .says(
              "When a directory is complete: quiet:DURATION, it has not changed for that long; close, every TSV log ends with #close; marker:NAME, it contains a file of that name.");

  /** How often to look at the folders. */
  public static final SettingSpec<Duration> INTERVAL =
      setting("watch.interval", duration(Duration.ofMillis(100), null))
          .flag("--interval", "DURATION")
          .byDefault("10s")
          .says("How often to look at the folders, besides when the file system reports a change.");

  /** How long the ledger remembers. */
  public static final SettingSpec<Duration> KEEP =
      setting("watch.keep", duration(Duration.ofHours(1), null))
          .flag("--keep", "DURATION")
          .otherwise("everything")
          .says("Once a day remove from the ledger what ended longer ago, as longline prune does.");

  /** How long the ledger remembers after the command that prunes it. */
  public static final SettingSpec<Duration> PRUNE_KEEP =
      KEEP.otherwise("watch.keep of the settings file, which must have it then")
          .says("How long to keep what has ended.");

  /** The plugins that run in processes. */
  public static final SettingSpec<List<String>> ISOLATE =
      setting("isolate", list(text()))
          .flag("--isolate", "PLUGIN")
          .otherwise("those with isolation = process")
          .says("Run the hooks of these plugins in processes of their own; all for all plugins.");

  /** The settings of all commands that use a ledger: where it is. */
  public static final List<SettingSpec<?>> OF_LEDGER =
      List.of(STATE, LEDGER, LEDGER_PASSWORD_FILE, ROOTS);

  /** The settings of a host. */
  public static final List<SettingSpec<?>> OF_HOST =
      joined(
          OF_LEDGER,
          List.of(
              PLUGINS,
              OUTPUT,
              OUTPUT_ACCESS,
              WINDOWS,
              FINDINGS,
              EXTRACTED,
              LOG_NAMES,
              TRUST,
              KEYS,
              INDEX,
              WORKERS,
              STRICT,
              HOOKS,
              WITHOUT,
              MAX_ATTEMPTS,
              RETRY_DELAY,
              HOOK_TIMEOUT,
              ISOLATE,
              PAUSE_AFTER,
              PAUSE,
              LEDGER_WAIT));

  /** The settings of a host that watches: all settings but those of folders and plugins. */
  public static final List<SettingSpec<?>> OF_WATCH =
      joined(OF_HOST, List.of(LEASE, READY, INTERVAL, KEEP, WINDOWS_IDLE));

  private DeclaredSettings() {}

  private static List<SettingSpec<?>> joined(
      List<SettingSpec<?>> first, List<SettingSpec<?>> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
