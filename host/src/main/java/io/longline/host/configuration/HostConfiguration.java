package io.longline.host.configuration;

import io.longline.host.files.FileAccess;
import io.longline.host.intake.LogNames;
import io.longline.host.intake.Readiness;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.output.OutputFolder;
import io.longline.host.plugins.HookOptions;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A host that watches folders, as flags, environment variables and a settings file describe it.
 * Immutable.
 *
 * <pre>{@code
 * var file = ConfigurationFile.read(Path.of("longline.toml"));
 * var sources = new SettingSources(Map.of(), System.getenv(), file);
 * var configuration = HostConfiguration.readForWatch(sources, plugins, List.of());
 * try (var host = HookHost.start(configuration.host())) {
 *   host.watch(configuration.watch());
 *   …
 * }
 * }</pre>
 *
 * @param host what the host is started with
 * @param watch what it watches
 */
public record HostConfiguration(HostSettings host, WatchSettings watch) {

  /**
   * Reads the settings of a host that processes what is submitted to it, as {@code longline run}
   * does. Its ledger is in the output folder unless the settings name another.
   *
   * @param plugins the plugins folder, if the settings do not name one
   * @throws SettingsException if a setting is wrong; it has all problems
   */
  public static HostSettings readForRun(SettingSources sources, Path plugins)
      throws SettingsException {
    var reader = new SettingReader(sources);
    var builder = builder(reader, plugins, "1s");
    var inOutput = LedgerLocation.in(OutputFolder.stateIn(output(reader)));
    builder.ledger(LedgerConfiguration.read(reader, inOutput));
    reader.check();
    return builder.build();
  }

  /**
   * Reads the settings of a host that watches folders, as {@code longline watch} does. Its ledger
   * is that of the user unless the settings name another, and closing it does not wait for calls
   * that are to be attempted again.
   *
   * @param plugins the plugins folder, if the settings do not name one
   * @param roots the folders to watch; empty for those of the settings file
   * @throws SettingsException if a setting is wrong or a folder does not exist; it has all problems
   */
  public static HostConfiguration readForWatch(
      SettingSources sources, Path plugins, List<Path> roots) throws SettingsException {
    var reader = new SettingReader(sources);
    var watched = WatchSettings.of(WatchedRoots.read(reader, roots));
    var watch =
        (reader.find(DeclaredSettings.READY) instanceof Readiness.Quiet quiet
                ? watched.withRotatedQuiet(quiet.duration())
                : watched)
            .withInterval(reader.get(DeclaredSettings.INTERVAL, Duration.ofSeconds(10)))
            .withKeep(reader.find(DeclaredSettings.KEEP));
    var builder =
        builder(reader, plugins, "30s")
            .ledger(LedgerConfiguration.readShared(reader))
            .lease(reader.get(DeclaredSettings.LEASE, Duration.ofSeconds(60)))
            .mode(BatchLedger.Mode.NEW_FILES)
            .waitsForRetries(false)
            .closing(
                new HostSettings.Closing(
                    false, reader.get(DeclaredSettings.WINDOWS_IDLE, Duration.ofHours(3))));
    reader.check();
    return new HostConfiguration(builder.build(), watch);
  }

  private static HostSettings.Builder builder(
      SettingReader reader, Path plugins, String retryDelay) {
    // A setting of another command is checked too, since it is in the same file.
    DeclaredSettings.OF_WATCH.forEach(reader::find);
    var builder =
        HostSettings.builder(reader.get(DeclaredSettings.PLUGINS, plugins), output(reader))
            .extracted(reader.find(DeclaredSettings.EXTRACTED))
            .windows(reader.find(DeclaredSettings.WINDOWS))
            .findingsJson(
                reader.get(DeclaredSettings.FINDINGS, FindingsFormat.ZEEK) == FindingsFormat.JSON)
            .outputAccess(reader.get(DeclaredSettings.OUTPUT_ACCESS, FileAccess.GROUP))
            .logNames(new LogNames(reader.get(DeclaredSettings.LOG_NAMES, List.of())))
            .only(Set.copyOf(reader.get(DeclaredSettings.HOOKS, List.of())))
            .without(Set.copyOf(reader.get(DeclaredSettings.WITHOUT, List.of())))
            .trust(TrustSettings.read(reader))
            .strict(reader.get(DeclaredSettings.STRICT, false))
            .retries(
                new RetryPolicy(
                    reader.get(DeclaredSettings.MAX_ATTEMPTS, 1),
                    reader.get(DeclaredSettings.RETRY_DELAY.byDefault(retryDelay), Duration.ZERO)))
            .hookTimeout(reader.get(DeclaredSettings.HOOK_TIMEOUT, HookOptions.DEFAULT_TIMEOUT))
            .pausing(
                new PausePolicy(
                    reader.get(DeclaredSettings.PAUSE_AFTER, PausePolicy.DEFAULT.failures()),
                    reader.get(DeclaredSettings.PAUSE, PausePolicy.DEFAULT.pause())))
            .isolated(Set.copyOf(reader.get(DeclaredSettings.ISOLATE, List.of())))
            .sources(reader.sources());
    var workers = reader.find(DeclaredSettings.WORKERS);
    return workers == null ? builder : builder.workers(workers);
  }

  private static Path output(SettingReader reader) {
    return reader.get(DeclaredSettings.OUTPUT, Path.of("longline-output"));
  }
}
