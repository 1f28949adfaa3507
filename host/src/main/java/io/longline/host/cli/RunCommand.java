package io.longline.host.cli;

import io.longline.host.app.HookHost;
import io.longline.host.app.HostRefusedException;
import io.longline.host.app.HostSummary;
import io.longline.host.app.Submission;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.HostConfiguration;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.PrintableText;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline run}: runs all hooks on the log directories that are named, and ends. */
@Command(
    name = "run",
    description =
        "Runs every hook on every log directory at or below the paths, then the EXIT hooks.",
    mixinStandardHelpOptions = true)
final class RunCommand extends HostCommand {

  @Parameters(
      paramLabel = "PATH",
      description =
          "A log directory, a folder to search for them, a log, or a pattern such as 'logs/*/conn.log'; - reads paths from standard input, one per line.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--again",
      description = "Call all hooks on the directories, even if they are already processed.")
  private boolean again;

  RunCommand(CommandIo io) {
    super(io, DeclaredSettings.OF_HOST);
  }

  @Override
  int run(SettingSources sources) throws SettingsException, InterruptedException {
    if (paths.isEmpty()) {
      var logs = io.environment().get("BROAPT_LOGS_PATH");
      if (logs == null || logs.isBlank()) {
        throw misuse("Name a log directory, or a folder that has some below it.");
      }
      paths.add(logs);
    }
    if (paths.contains("")) {
      throw misuse("A path is empty; is a shell variable unset?");
    }
    var named = NamedPaths.of(paths);
    if (named.isHopeless()) {
      named
          .problems()
          .forEach(
              (path, reason) ->
                  io.err().println("longline: " + PrintableText.line(path + ": " + reason)));
      return ExitCode.USAGE;
    }
    var signals = new EndSignals(io, "the queue");
    HostSummary summary;
    boolean isStrict;
    LedgerHints hints;
    @Nullable RunFindings findings;
    try (var progress = new ProgressLine(io)) {
      var settings = settings(sources, progress);
      var output = settings.folders().output();
      boolean isTwice = again && Files.isDirectory(output.resolve(".longline"));
      isStrict = settings.plugins().strict();
      hints = new LedgerHints(settings.queue().ledger());
      var host = start(sources, settings, signals);
      if (isTwice) {
        warnOfRowsTwice(output);
      }
      signals.use(host);
      progress.use(host);
      startIntake(
          () -> {
            submitAll(named, host, signals);
            progress.totalIsKnown();
          },
          host,
          signals);
      signals.await();
      host.close();
      signals.closed();
      summary = host.summary();
      findings = findings(settings, summary);
    } catch (HostRefusedException e) {
      return signals.exitCode(HostReport.refused(e, io));
    }
    HostReport.print(summary, findings, hints, io, json);
    return end(summary, isStrict, signals);
  }

  private @Nullable RunFindings findings(HostSettings settings, HostSummary summary) {
    try {
      return RunFindings.of(settings, summary);
    } catch (IOException e) {
      complain("The report of the findings cannot be made: " + e);
      return null;
    }
  }

  private HostSettings settings(SettingSources sources, ProgressLine progress)
      throws SettingsException {
    return HostConfiguration.readForRun(sources, io.defaultPlugins()).toBuilder()
        .mode(again ? BatchLedger.Mode.AGAIN : BatchLedger.Mode.NEW_HOOKS)
        .listeners(listeners(progress))
        .build();
  }

  /**
   * Outputs only grow: a file is shared by the calls on many directories. Said after the start,
   * when the secrets are known that a setting among the arguments may have.
   */
  private void warnOfRowsTwice(Path output) {
    complain(
        "What hooks write for directories that were processed before will be in %s twice. To have it once, let the outputs go to a new folder: %s"
            .formatted(
                output,
                PastedCommand.withOutput(
                    spec.name(),
                    spec.commandLine().getParseResult().originalArgs(),
                    output + "-again")));
  }

  /**
   * Submits the paths on a thread of its own, since reading standard input cannot be interrupted.
   */
  private static void startIntake(Runnable intake, HookHost host, EndSignals signals) {
    host.startThread(
        "intake",
        () -> {
          intake.run();
          signals.end();
        });
  }

  private void submitAll(NamedPaths named, HookHost host, EndSignals signals) {
    try {
      named.problems().forEach(host::reject);
      submitFiles(named.files(), host, signals);
      for (var path : named.folders()) {
        if (path.equals("-")) {
          submitLines(host, signals);
        } else if (signals.signal() == null) {
          host.submit(path);
        } else {
          host.reject(path, "Not looked at: SIG" + signals.signal() + " came before.");
        }
      }
    } catch (IllegalStateException e) {
      // The host is closing: a signal came meanwhile, or it cannot go on.
      if (signals.signal() == null && host.failure().isEmpty()) {
        throw e;
      }
    }
  }

  private static void submitFiles(List<Path> files, HookHost host, EndSignals signals) {
    if (signals.signal() == null && !files.isEmpty()) {
      host.submitFiles(files);
    } else {
      files.forEach(
          file ->
              host.reject(
                  file.toString(), "Not looked at: SIG" + signals.signal() + " came before."));
    }
  }

  private void submitLines(HookHost host, EndSignals signals) {
    try {
      var lines = new PathLines(io.in(), host::reject);
      for (var line = lines.next(); line != null && signals.signal() == null; line = lines.next()) {
        submitLine(line, host);
      }
    } catch (IOException e) {
      host.reject("-", "Standard input cannot be read to its end: " + e);
    }
  }

  /** What is wrong with a path is said at once: the end of the input may be hours away. */
  private void submitLine(String line, HookHost host) {
    var named = NamedPaths.ofOne(line);
    named
        .problems()
        .forEach(
            (path, reason) -> {
              complain(path + ": " + reason);
              host.reject(path, reason);
            });
    named.folders().forEach(folder -> complain(host.submit(folder)));
    if (!named.files().isEmpty()) {
      complain(host.submitFiles(named.files()));
    }
  }

  private void complain(Submission answer) {
    answer.rejected().forEach(each -> complain(each.path() + ": " + each.reason()));
  }

  private int end(HostSummary summary, boolean isStrict, EndSignals signals) {
    if (signals.signal() == null
        && summary.failure().isEmpty()
        && summary.directories().accepted() + summary.directories().doneBefore() == 0) {
      io.err().println("longline: nothing to do: no log directory was found.");
      return ExitCode.USAGE;
    }
    return signals.exitCode(HostReport.code(summary, isStrict));
  }
}
