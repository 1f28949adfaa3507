package io.longline.host.cli;

import io.longline.host.app.HostRefusedException;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.HostConfiguration;
import io.longline.host.event.PrintableText;
import io.longline.host.service.ServiceNotices;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code longline watch}: runs hooks on log directories as they become complete, until a signal.
 */
@Command(
    name = "watch",
    description =
        "Runs every hook on the log directories below the roots as they become complete, and on what is enqueued, until SIGTERM (finishes what runs) or SIGUSR1 (finishes what is due).",
    mixinStandardHelpOptions = true)
final class WatchCommand extends HostCommand {

  @Parameters(
      paramLabel = "ROOT",
      arity = "0..*",
      description =
          "A folder below which log directories appear (default: those of the settings file; without any, only what is enqueued is processed).")
  private List<Path> roots = new ArrayList<>();

  WatchCommand(CommandIo io) {
    super(io, DeclaredSettings.OF_WATCH);
  }

  @Override
  int run(SettingSources sources) throws SettingsException, InterruptedException {
    var configuration = HostConfiguration.readForWatch(sources, io.defaultPlugins(), roots);
    var signals = new EndSignals(io, "what is due");
    try (var progress = new ProgressLine(io);
        var notices = ServiceNotices.start(io.environment())) {
      var line = new HostStatusLine(Clock.systemUTC());
      var listeners = new ArrayList<>(listeners(progress));
      listeners.add(line);
      var settings = configuration.host().toBuilder().listeners(listeners).build();
      var host = start(sources, settings, signals);
      signals.use(host);
      progress.use(host);
      if (signals.signal() == null) {
        host.watch(configuration.watch());
        io.err().println("longline: " + text(configuration));
      }
      var state = new WatchState(host, signals, line);
      notices.use(state);
      signals.await();
      // It may have changed.
      notices.use(state);
      host.close();
      signals.closed();
      HostReport.print(host.summary(), null, new LedgerHints(settings.queue().ledger()), io, json);
      return signals.exitCode(HostReport.code(host.summary(), settings.plugins().strict()));
    } catch (HostRefusedException e) {
      return signals.exitCode(HostReport.refused(e, io));
    }
  }

  private static String text(HostConfiguration configuration) {
    var roots =
        configuration.watch().roots().stream()
            .map(root -> PrintableText.line(root.path() + " (" + root.readiness() + ")"))
            .toList();
    var host = configuration.host();
    return "watching "
        + (roots.isEmpty() ? "for what is enqueued" : String.join(", ", roots))
        + "; ledger "
        + host.queue().ledger()
        + ", output "
        + host.folders().output().toAbsolutePath().normalize();
  }
}
