package io.longline.host.cli;

import io.longline.host.app.HookHost;
import io.longline.host.app.HostRefusedException;
import io.longline.host.app.HostSettings;
import io.longline.host.app.WatchSettings;
import io.longline.host.event.EventSink;
import io.longline.host.event.PrintableText;
import io.longline.host.intake.Readiness;
import io.longline.host.ledger.BatchLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longline watch}: runs hooks on log directories as they become complete, until told to end.
 */
@Command(
    name = "watch",
    description =
        "Runs every hook on the log directories below the roots as they become complete, and on what is enqueued, until SIGTERM (ends what runs) or SIGUSR1 (ends what is due).",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

  private static final String QUIET = "quiet:";
  private static final String MARKER = "marker:";

  private final CommandIo io;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(
      paramLabel = "ROOT",
      arity = "0..*",
      description = "A folder to look for log directories in; none to work on what is enqueued.")
  private List<Path> roots = new ArrayList<>();

  @Option(
      names = "--ready",
      paramLabel = "WHEN",
      description =
          "When a directory is complete: quiet:DURATION, the same for so long; close, every TSV log ends with #close; marker:NAME, a file of that name is in it (default: quiet:60s).")
  private String ready = "quiet:60s";

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      description = "How often to look, whatever the file system tells (default: 10s).")
  private String interval = "10s";

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      description =
          "After so long without a sign of life other hosts take over what this one works on (default: 60s).")
  private String lease = "60s";

  @CommandLine.Mixin private final HostOptions options = new HostOptions();

  @CommandLine.Mixin private final LedgerOptions ledger = new LedgerOptions();

  @CommandLine.Mixin private final RetryOptions retries = new RetryOptions("30s");

  WatchCommand(CommandIo io) {
    this.io = io;
  }

  @Override
  public Integer call() throws InterruptedException {
    var watch =
        new WatchSettings(
            roots.stream().map(this::root).toList(),
            readiness(),
            atLeast("--interval", interval, 100));
    var signals = new EndSignals(io, "what is due");
    try (var progress = new ProgressLine(io)) {
      var settings = settings(options.listeners(io, progress));
      var host = HookHost.start(settings);
      signals.use(host);
      if (signals.signal() == null) {
        host.watch(watch);
        io.err().println("longline: " + text(watch, settings));
      }
      signals.await();
      host.close();
      RunSummary.print(host.summary(), io, options.json());
      return signals.exitCode(RunSummary.code(host.summary(), options.strict()));
    } catch (HostRefusedException e) {
      return RunSummary.refused(e, io);
    }
  }

  private String text(WatchSettings watch, HostSettings settings) {
    var what = new ArrayList<String>();
    watch.roots().forEach(root -> what.add(PrintableText.line(root.toString())));
    return "watching "
        + (what.isEmpty() ? "for what is enqueued" : String.join(", ", what) + " (" + ready + ")")
        + "; ledger "
        + settings.ledger()
        + ", output "
        + settings.output().toAbsolutePath().normalize();
  }

  private HostSettings settings(List<EventSink> listeners) throws HostRefusedException {
    return options
        .settings(io, spec, listeners)
        .ledger(ledger.orUsers(io))
        .mode(BatchLedger.Mode.NEW_FILES)
        .retries(retries.policy())
        .waitsForRetries(false)
        .lease(atLeast("--lease", lease, 1_000))
        .build();
  }

  private Duration atLeast(String option, String text, long millis) {
    var duration = RetryOptions.duration(spec, option, text);
    if (duration.toMillis() < millis) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), option + " is " + text + "; it must be " + millis + "ms at least.");
    }
    return duration;
  }

  private Path root(Path path) {
    if (!Files.isDirectory(path)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "There is no folder " + path + " to watch.");
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "The folder " + path + " cannot be read: " + e, e);
    }
  }

  private Readiness readiness() {
    if (ready.equals("close")) {
      return new Readiness.Closed();
    }
    if (ready.startsWith(QUIET)) {
      return new Readiness.Quiet(
          RetryOptions.duration(spec, "--ready", ready.substring(QUIET.length())));
    }
    var name = ready.startsWith(MARKER) ? ready.substring(MARKER.length()) : "";
    if (name.isEmpty() || name.contains("/") || name.equals("..")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--ready is \"" + ready + "\"; write quiet:60s, close, or marker:NAME.");
    }
    return new Readiness.Marker(name);
  }
}
