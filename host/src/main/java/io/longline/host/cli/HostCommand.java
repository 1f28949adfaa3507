package io.longline.host.cli;

import io.longline.host.app.DeclaredSettings;
import io.longline.host.app.HookHost;
import io.longline.host.app.HostRefusedException;
import io.longline.host.app.HostSettings;
import io.longline.host.event.EventJson;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.event.PrintableText;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** A command that is a host: run and watch. */
abstract class HostCommand extends SettingsCommand {

  private final String retryDelay;

  @Option(
      names = "--json",
      description = "Print one JSON object a line: each outcome, then the summary.")
  boolean json;

  /**
   * A command.
   *
   * @param retryDelay how long it waits before the second attempt, if nobody says
   */
  HostCommand(CommandIo io, List<SettingSpec<?>> settings, String retryDelay) {
    super(io, settings);
    this.retryDelay = retryDelay;
  }

  /** What a host tells of its events: to a person who watches, and to a script. */
  final List<EventSink> listeners(ProgressLine progress) {
    return json
        ? List.of(progress, this::printPluginChange, this::printAsJson)
        : List.of(progress, this::printPluginChange);
  }

  private void printPluginChange(HostEvent event) {
    if (event instanceof HostEvent.PluginChanged changed) {
      var what =
          changed.now().isEmpty()
              ? changed.before() + " was removed"
              : changed.before().isEmpty()
                  ? changed.now() + " was added"
                  : changed.now() + " has taken the place of " + changed.before();
      io.err().println("longline: " + PrintableText.line(changed.plugin() + " " + what));
    }
  }

  private void printAsJson(HostEvent event) {
    if (event instanceof HostEvent.CallEnded run) {
      io.out().println(EventJson.outcome(run));
      io.out().flush();
    } else if (event instanceof HostEvent.PluginChanged changed) {
      io.out().println(EventJson.pluginChange(changed));
      io.out().flush();
    }
  }

  /** Starts a host, whose secrets are shown nowhere from then on. */
  final HookHost start(HostSettings settings) throws HostRefusedException {
    var host = HookHost.start(settings);
    io.err().mask(host::masked);
    return host;
  }

  static Path output(SettingReader reader) {
    return reader.get(DeclaredSettings.OUTPUT, Path.of("longline-output"));
  }

  /** What run and watch have in common; to be completed. */
  final HostSettings.Builder settings(SettingSources sources, SettingReader reader) {
    // What another command takes is checked too, since it stands in the same file.
    DeclaredSettings.OF_WATCH.forEach(reader::find);
    var builder =
        HostSettings.builder(
                reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()), output(reader))
            .extracted(reader.find(DeclaredSettings.EXTRACTED))
            .only(Set.copyOf(reader.get(DeclaredSettings.HOOKS, List.of())))
            .without(Set.copyOf(reader.get(DeclaredSettings.WITHOUT, List.of())))
            .strict(reader.get(DeclaredSettings.STRICT, false))
            .retries(retries(reader))
            .hookTimeout(reader.get(DeclaredSettings.HOOK_TIMEOUT, InstalledHook.DEFAULT_TIMEOUT))
            .pausing(
                new PausePolicy(
                    reader.get(DeclaredSettings.PAUSE_AFTER, PausePolicy.DEFAULT.failures()),
                    reader.get(DeclaredSettings.PAUSE, PausePolicy.DEFAULT.pause())))
            .isolated(Set.copyOf(reader.get(DeclaredSettings.ISOLATE, List.of())))
            .sources(sources);
    var workers = reader.find(DeclaredSettings.WORKERS);
    return workers == null ? builder : builder.workers(workers);
  }

  private RetryPolicy retries(SettingReader reader) {
    var delay = reader.find(DeclaredSettings.RETRY_DELAY.withDefault(retryDelay));
    int attempts = reader.get(DeclaredSettings.MAX_ATTEMPTS, 1);
    return new RetryPolicy(attempts, delay == null ? java.time.Duration.ZERO : delay);
  }
}
