package io.longline.host.cli;

import io.longline.host.app.HookHost;
import io.longline.host.app.HostRefusedException;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.EventJson;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.event.PrintableText;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that is a host: run and watch. */
abstract class HostCommand extends SettingsCommand {

  @Option(
      names = "--json",
      description = "Print one JSON object per line: each outcome, then the summary.")
  boolean json;

  HostCommand(CommandIo io, List<SettingSpec<?>> settings) {
    super(io, settings);
  }

  /** Receive the events of the host, for a person who is watching and for a script. */
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

  /**
   * Starts a host, once the server of its ledger can be reached, whose secrets are shown nowhere
   * from then on.
   */
  final HookHost start(SettingSources sources, HostSettings settings, EndSignals signals)
      throws HostRefusedException, InterruptedException {
    var limit = new SettingReader(sources).get(DeclaredSettings.LEDGER_WAIT, Duration.ofMinutes(5));
    var wait = new LedgerWait(io, signals, limit);
    for (; ; ) {
      wait.await(settings.queue().ledger());
      try {
        var host = HookHost.start(settings);
        io.err().mask(host::masked);
        return host;
      } catch (HostRefusedException e) {
        if (!wait.isToGoOnAfter(e)) {
          throw e;
        }
      }
    }
  }
}
