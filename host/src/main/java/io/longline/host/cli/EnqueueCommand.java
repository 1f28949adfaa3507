package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.event.EventJson;
import io.longline.host.event.HostEvent;
import io.longline.host.intake.DirectoryFinder;
import io.longline.host.intake.LogComparison;
import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogNames;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FoundLog;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.settings.SettingReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline enqueue}: queues log directories for hosts that watch. */
@Command(
    name = "enqueue",
    description =
        "Queues log directories for the hosts on this ledger. They are recorded on disk when the command returns.",
    mixinStandardHelpOptions = true)
final class EnqueueCommand extends LedgerCommand {

  /** How many directories are recorded together. */
  private static final int GROUP = 256;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "A log directory, or a folder to search for them; - reads paths from standard input, one per line.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--again",
      description = "Call all hooks again on directories that are already processed.")
  private boolean again;

  @Option(names = "--json", description = "Print one JSON object for each directory.")
  private boolean json;

  private final Map<Path, List<FoundLog>> group = new LinkedHashMap<>();
  private int enqueued;
  private int known;
  private int problems;

  private LogProbe probe = LogProbe.ofKnownNames();

  EnqueueCommand(CommandIo io) {
    super(io, List.of(DeclaredSettings.LOG_NAMES));
  }

  @Override
  void read(SettingReader reader) {
    probe = new LogProbe(new LogNames(reader.get(DeclaredSettings.LOG_NAMES, List.of())));
  }

  @Override
  boolean createsLedger() {
    return true;
  }

  @Override
  int run(Ledger ledger) throws IOException {
    if (ledger.hooks().isEmpty()) {
      complain(
          "no host has used the ledger "
              + ledger.location()
              + " yet; the directories wait for the first.");
    }
    try {
      enqueue(ledger.batches());
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof LedgerException ledgerFailure ? ledgerFailure : e.getCause();
    }
    if (!json) {
      io.out()
          .printf(
              "%d %s enqueued, %d already known%n",
              enqueued, enqueued == 1 ? "directory" : "directories", known);
    }
    if (problems > 0) {
      return ExitCode.PROBLEMS;
    }
    return enqueued + known == 0 ? ExitCode.USAGE : ExitCode.OK;
  }

  private void enqueue(BatchLedger batches) throws IOException {
    var finder = new DirectoryFinder(probe, this::report, directory -> add(batches, directory));
    for (var path : paths) {
      if (path.equals("-")) {
        var lines =
            new PathLines(
                io.in(), (line, reason) -> report(new HostEvent.PathRejected(line, reason)));
        for (var line = lines.next(); line != null; line = lines.next()) {
          finder.find(line);
        }
      } else {
        finder.find(path);
      }
      record(batches);
    }
  }

  private void add(BatchLedger batches, Path directory) {
    try {
      var real = directory.toRealPath();
      var logs = LogListing.of(real, probe);
      group.put(real, new LogComparison(real, batches.recordedLogs(real), () -> false).of(logs));
    } catch (IOException e) {
      report(new HostEvent.PathRejected(directory.toString(), "It cannot be read: " + e));
      return;
    }
    if (group.size() >= GROUP) {
      try {
        record(batches);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void record(BatchLedger batches) throws IOException {
    if (group.isEmpty()) {
      return;
    }
    var mode = again ? BatchLedger.Mode.AGAIN : BatchLedger.Mode.NEW_HOOKS;
    for (var entry : batches.acceptAll(group, mode).entrySet()) {
      var kind = entry.getValue().kind();
      boolean isKnown = kind == BatchLedger.Kind.KNOWN || kind == BatchLedger.Kind.QUEUED;
      known += isKnown ? 1 : 0;
      enqueued += isKnown ? 0 : 1;
      if (json) {
        io.out().println(json(entry.getKey(), isKnown, entry.getValue().generation()));
      }
    }
    group.clear();
  }

  private static String json(Path directory, boolean isKnown, int generation) {
    return EventJson.object(
        "directory",
        line -> {
          line.writeStringField("directory", directory.toString());
          line.writeStringField("result", isKnown ? "known" : "enqueued");
          line.writeNumberField("generation", generation);
        });
  }

  private void report(HostEvent event) {
    if (event instanceof HostEvent.PathRejected rejected) {
      problems++;
      complain(rejected.path() + ": " + rejected.reason());
    }
  }
}
