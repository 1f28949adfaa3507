package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.event.EventJson;
import io.longline.host.intake.Pruner;
import io.longline.host.ledger.Ledger;
import io.longline.host.settings.SettingReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longline prune}: removes from the ledger what ended long ago. */
@Command(
    name = "prune",
    description =
        "Removes from the ledger what ended longer ago than --keep. Directories that still exist are not processed again; dead letters stay.",
    mixinStandardHelpOptions = true)
final class PruneCommand extends LedgerCommand {

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  private Duration keep = Duration.ZERO;

  PruneCommand(CommandIo io) {
    super(io, List.of(DeclaredSettings.PRUNE_KEEP));
  }

  @Override
  void read(SettingReader reader) {
    var found = reader.find(DeclaredSettings.PRUNE_KEEP);
    if (found == null && reader.problems().isEmpty()) {
      throw misuse("Say how much is kept with --keep, such as --keep 90d.");
    }
    keep = Objects.requireNonNullElse(found, Duration.ZERO);
  }

  @Override
  int run(Ledger ledger) throws IOException {
    var pruning = ledger.pruning();
    var pruned = pruning.prune(keep.toMillis(), Pruner::isGone);
    pruning.compact();
    if (json) {
      io.out()
          .println(
              EventJson.object(
                  "pruned",
                  line -> {
                    line.writeNumberField("batches", pruned.batches());
                    line.writeNumberField("settled", pruned.settled());
                    line.writeNumberField("warnings", pruned.warnings());
                  }));
    } else {
      io.out()
          .printf(
              "removed %d batches whose directory is gone, the calls of %d whose directory still exists, and %d warnings%n",
              pruned.batches(), pruned.settled(), pruned.warnings());
    }
    return ExitCode.OK;
  }
}
