package io.longline.host.cli;

import io.longline.host.ledger.Ledger;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline windows}: lists the windows of hooks, and closes them. */
@Command(
    name = "windows",
    description =
        "Lists the windows of hooks with what each waits for: open until it is closed, closed until it is done, late if facts came after it was done, done, or failed.",
    mixinStandardHelpOptions = true)
final class WindowsCommand extends LedgerCommand {

  private static final int MANY = 1_000;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "Only those of this hook, or of this plugin.")
  private @Nullable String id;

  @Option(names = "--json", description = "Print JSON objects, one per line.")
  private boolean json;

  @Option(names = "--all", description = "Print all, not only the latest 1,000.")
  private boolean all;

  private WindowsCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new WindowsCommand(io)).addSubcommand("close", new CloseCommand(io));
  }

  @Override
  int run(Ledger ledger) throws IOException {
    if (id != null && named(ledger, id).isEmpty()) {
      return ExitCode.USAGE;
    }
    var windows = ledger.windows().windows(id, all ? Integer.MAX_VALUE : MANY);
    if (json) {
      windows.forEach(window -> io.out().println(WindowText.json(window, hints())));
    } else if (windows.isEmpty()) {
      io.out().println("There are no windows.");
    } else {
      WindowText.print(windows, hints(), io.out());
    }
    return ExitCode.OK;
  }

  @Command(
      name = "close",
      description =
          "Closes the windows that are open: a host calls their hooks with the facts there are.",
      mixinStandardHelpOptions = true)
  private static final class CloseCommand extends LedgerCommand {

    @Parameters(
        paramLabel = "ID",
        arity = "0..1",
        description = "Only those of this hook, or of this plugin.")
    private @Nullable String id;

    CloseCommand(CommandIo io) {
      super(io);
    }

    @Override
    int run(Ledger ledger) throws IOException {
      if (id != null && named(ledger, id).isEmpty()) {
        return ExitCode.USAGE;
      }
      int closed = ledger.windows().close(id);
      io.out().println(closed == 1 ? "1 window is closed" : closed + " windows are closed");
      return ExitCode.OK;
    }
  }
}
