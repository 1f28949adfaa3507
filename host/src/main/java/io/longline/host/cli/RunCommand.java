package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.app.HookHost;
import io.longline.host.app.HostRefusedException;
import io.longline.host.app.HostSettings;
import io.longline.host.app.HostSummary;
import io.longline.host.event.EventJson;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline run}: runs all hooks on all log directories that are named, and ends. */
@Command(
    name = "run",
    description =
        "Runs every hook on every log directory at or below the paths, then the EXIT hooks.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private final CommandIo io;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      description =
          "A log directory, or a folder to search for them; - reads paths from standard input, one a line.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "The plugins folder (default: plugins-dir beside the launcher).")
  private @Nullable Path plugins;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where outputs go (default: ./longline-output).")
  private Path output = Path.of("longline-output");

  @Option(names = "--append", description = "Add to an output folder that is not empty.")
  private boolean append;

  @Option(
      names = "--extracted",
      paramLabel = "DIR",
      description =
          "Where Zeek put extracted files (default: $BROAPT_DUMP_PATH, else extract_files in each log directory).")
  private @Nullable Path extracted;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "How many hooks run at once (default: $BROAPT_HOOK_CPU, else the number of processors).")
  private @Nullable Integer workers;

  @Option(
      names = "--json",
      description = "Print one JSON object a line: each outcome, then the summary.")
  private boolean json;

  @Option(
      names = "--strict",
      description =
          "Refuse to start on any plugin problem; exit with 1 on bad lines and remarks too.")
  private boolean strict;

  @Option(
      names = "--hooks",
      paramLabel = "ID",
      split = ",",
      description = "Run these hooks only; a plugin id means all its hooks.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(
      names = "--without",
      paramLabel = "ID",
      split = ",",
      description = "Do not run these hooks.")
  private Set<String> without = new LinkedHashSet<>();

  /** The signal that asked for an end first; null if none did. */
  private final AtomicReference<SignalSource.@Nullable Name> signal = new AtomicReference<>();

  RunCommand(CommandIo io) {
    this.io = io;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (paths.isEmpty()) {
      var logs = io.environment().get("BROAPT_LOGS_PATH");
      if (logs == null || logs.isBlank()) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "Name a log directory, or a folder that has some below it.");
      }
      paths.add(logs);
    }
    if (paths.contains("") || output.toString().isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "A path is empty; is a variable of the shell unset?");
    }
    HostSummary summary;
    try (var progress = new ProgressLine(io)) {
      var listeners = new ArrayList<EventSink>(List.of(progress));
      if (json) {
        listeners.add(this::printOutcome);
      }
      // Before the plugins are loaded, which may take a while.
      var running = new AtomicReference<@Nullable HookHost>();
      var intakeEnded = new CountDownLatch(1);
      io.signals().listen(name -> onSignal(name, running, intakeEnded));
      var host = HookHost.start(settings(listeners));
      running.set(host);
      if (isEnding()) {
        host.stopQueue();
      }
      startIntake(host, intakeEnded);
      intakeEnded.await();
      host.close();
      summary = host.summary();
    } catch (HostRefusedException e) {
      io.err().println("longline: " + e.getMessage());
      return e.reason() == HostRefusedException.Reason.REFUSED ? ExitCode.REFUSED : ExitCode.USAGE;
    }
    return end(summary);
  }

  private HostSettings settings(List<EventSink> listeners) throws HostRefusedException {
    var builder =
        HostSettings.builder(plugins == null ? io.defaultPlugins() : plugins, output)
            .append(append)
            .extracted(extractedFolder())
            .only(only)
            .without(without)
            .strict(strict)
            .listeners(listeners);
    var count = workerCount();
    if (count != null) {
      builder.workers(count);
    }
    return builder.build();
  }

  private @Nullable Path extractedFolder() {
    var dump = io.environment().get("BROAPT_DUMP_PATH");
    return extracted != null || dump == null || dump.isBlank() ? extracted : Path.of(dump);
  }

  private @Nullable Integer workerCount() {
    if (workers != null) {
      if (workers < 1) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--workers is " + workers + "; there must be one at least.");
      }
      return workers;
    }
    var variable = io.environment().get("BROAPT_HOOK_CPU");
    if (variable == null || variable.isBlank()) {
      return null;
    }
    if (!variable.strip().matches("[1-9]\\d{0,4}")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "BROAPT_HOOK_CPU is \"" + variable + "\"; it must be a number of workers, 1 or more.");
    }
    return Integer.valueOf(variable.strip());
  }

  /**
   * Submits the paths on a thread of its own, since reading standard input cannot be interrupted.
   */
  private void startIntake(HookHost host, CountDownLatch intakeEnded) {
    var thread =
        new Thread(
            () -> {
              try {
                submitAll(host);
              } catch (RuntimeException e) {
                host.reject("(all paths)", "Reading the paths failed, some may be left out: " + e);
              } finally {
                intakeEnded.countDown();
              }
            },
            "intake");
    thread.setDaemon(true);
    thread.start();
  }

  private void submitAll(HookHost host) {
    try {
      for (var path : paths) {
        if (path.equals("-")) {
          submitLines(host);
        } else if (signal.get() == null) {
          host.submit(path);
        } else {
          host.reject(path, "Not looked at: SIG" + signal.get() + " came before.");
        }
      }
    } catch (IllegalStateException e) {
      // The host is closing: a signal came meanwhile.
      if (signal.get() == null) {
        throw e;
      }
    }
  }

  private void submitLines(HookHost host) {
    try {
      var lines = new BufferedReader(new InputStreamReader(io.in(), UTF_8));
      for (var line = lines.readLine();
          line != null && signal.get() == null;
          line = lines.readLine()) {
        if (!line.isBlank()) {
          host.submit(line);
        }
      }
    } catch (IOException e) {
      host.reject("-", "Standard input cannot be read on: " + e);
    }
  }

  private boolean isEnding() {
    var name = signal.get();
    return name != null && name.endsTheRun();
  }

  private void onSignal(
      SignalSource.Name name,
      AtomicReference<@Nullable HookHost> running,
      CountDownLatch intakeEnded) {
    var first = signal.getAndUpdate(before -> before == null || name.endsTheRun() ? name : before);
    if (!name.endsTheRun()) {
      io.err().println("longline: SIG" + name + ": taking nothing new, finishing the queue.");
    } else if (first == null || !first.endsTheRun()) {
      io.err().println("longline: SIG" + name + ": finishing what runs. Once more stops at once.");
      var host = running.get();
      if (host != null) {
        host.stopQueue();
      }
    } else {
      io.err().println("longline: SIG" + name + " again: stopping at once.");
      Runtime.getRuntime().halt(ExitCode.SIGNAL + name.number());
    }
    intakeEnded.countDown();
  }

  private void printOutcome(HostEvent event) {
    if (event instanceof HostEvent.RunEnded run) {
      io.out().println(EventJson.outcome(run));
    }
  }

  private int end(HostSummary summary) {
    if (json) {
      io.out().println(SummaryJson.of(summary));
    } else {
      SummaryText.print(summary, io.out());
    }
    io.out().flush();
    var end = signal.get();
    if (end != null && isEnding()) {
      return ExitCode.SIGNAL + end.number();
    }
    if (end == null && summary.directoriesAccepted() == 0) {
      io.err().println("longline: nothing to do: no log directory was found.");
      return ExitCode.USAGE;
    }
    boolean isGood = strict ? summary.isSpotless() : summary.isClean();
    return isGood ? ExitCode.OK : ExitCode.PROBLEMS;
  }
}
