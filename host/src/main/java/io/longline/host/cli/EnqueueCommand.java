package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.event.EventJson;
import io.longline.host.event.HostEvent;
import io.longline.host.event.PrintableText;
import io.longline.host.intake.DirectoryFinder;
import io.longline.host.intake.LogListing;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline enqueue}: hands log directories to a host that watches. */
@Command(
    name = "enqueue",
    description =
        "Hands log directories to the hosts on this ledger. They are in it, on the disk, when the command returns.",
    mixinStandardHelpOptions = true)
final class EnqueueCommand extends LedgerCommand {

  /** So many are recorded together. */
  private static final int GROUP = 256;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "A log directory, or a folder to search for them; - reads paths from standard input, one a line.")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--again", description = "Have all hooks called again where that is done.")
  private boolean again;

  @Option(names = "--json", description = "Print one JSON object for each directory.")
  private boolean json;

  private final Map<Path, List<FileStamp>> group = new LinkedHashMap<>();
  private int enqueued;
  private int known;
  private int problems;

  EnqueueCommand(CommandIo io) {
    super(io);
  }

  @Override
  boolean createsLedger() {
    return true;
  }

  @Override
  int run(Ledger ledger) throws IOException {
    var batches = ledger.batches();
    if (ledger.hooks().isEmpty()) {
      io.err()
          .println(
              "longline: no host has used the ledger "
                  + ledger.location()
                  + " yet; what is enqueued waits for the first.");
    }
    var finder = new DirectoryFinder(this::tell, directory -> add(batches, directory));
    try {
      for (var path : paths) {
        if (path.equals("-")) {
          var lines = new BufferedReader(new InputStreamReader(io.in(), UTF_8));
          for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
              finder.find(line);
            }
          }
        } else {
          finder.find(path);
        }
        record(batches);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof LedgerException ledgerFailure ? ledgerFailure : e.getCause();
    }
    if (!json) {
      io.out()
          .println(
              enqueued
                  + (enqueued == 1 ? " directory" : " directories")
                  + " enqueued, "
                  + known
                  + " already known");
    }
    if (problems > 0) {
      return ExitCode.PROBLEMS;
    }
    return enqueued + known == 0 ? ExitCode.USAGE : ExitCode.OK;
  }

  private void add(BatchLedger batches, Path directory) {
    try {
      var real = directory.toRealPath();
      group.put(real, LogListing.of(real, java.util.Set.of()));
    } catch (IOException e) {
      tell(new HostEvent.PathRejected(directory.toString(), "It cannot be read: " + e));
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
        io.out()
            .println(
                EventJson.object(
                    line -> {
                      line.writeStringField("directory", entry.getKey().toString());
                      line.writeStringField("result", isKnown ? "known" : "enqueued");
                      line.writeNumberField("generation", entry.getValue().generation());
                    }));
      }
    }
    group.clear();
  }

  private void tell(HostEvent event) {
    if (event instanceof HostEvent.PathRejected rejected) {
      problems++;
      io.err()
          .println("longline: " + PrintableText.line(rejected.path()) + ": " + rejected.reason());
    }
  }
}
