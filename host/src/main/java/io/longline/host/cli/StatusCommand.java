package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.intake.LogNames;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.Ledger;
import io.longline.host.settings.SettingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline status}: what is done, what runs, what waits and for what. */
@Command(
    name = "status",
    description =
        "Shows what is done, what runs and what waits; for one directory also why it waits.",
    mixinStandardHelpOptions = true)
final class StatusCommand extends LedgerCommand {

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "A log directory.")
  private @Nullable Path directory;

  @Option(names = "--json", description = "Print JSON objects, one per line.")
  private boolean json;

  private LogProbe probe = LogProbe.ofKnownNames();

  StatusCommand(CommandIo io) {
    super(io, List.of(DeclaredSettings.LOG_NAMES));
  }

  @Override
  void read(SettingReader reader) {
    probe = new LogProbe(new LogNames(reader.get(DeclaredSettings.LOG_NAMES, List.of())));
  }

  @Override
  int run(Ledger ledger) throws IOException {
    var named = directory;
    if (named == null) {
      printAll(ledger);
      return ExitCode.OK;
    }
    var status = DirectoryStatus.of(ledger, real(named), probe);
    if (json) {
      StatusJson.lines(status).forEach(io.out()::println);
    } else {
      StatusText.print(status, hints(), io.out());
    }
    return status.isKnown() ? ExitCode.OK : ExitCode.PROBLEMS;
  }

  private void printAll(Ledger ledger) throws IOException {
    var status = ledger.view().status();
    var windows = ledger.windows().counts();
    if (json) {
      io.out().println(StatusJson.of(status, windows));
    } else {
      StatusText.print(status, windows, ledger.view().rotatedFiles(), hints(), io.out());
    }
  }
}
