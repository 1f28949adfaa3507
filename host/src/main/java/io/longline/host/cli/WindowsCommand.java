package io.longline.host.cli;

import io.longline.host.ledger.Ledger;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline windows}: the windows of hooks, and closing them. */
@Command(
    name = "windows",
    description = "Lists the windows of hooks, and closes them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|close")
final class WindowsCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new WindowsCommand())
        .addSubcommand("list", new ListCommand(io))
        .addSubcommand("close", new CloseCommand(io));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with windows: list or close.");
  }

  /** A command on the windows of all hooks, or of some. */
  private abstract static class OnWindows extends LedgerCommand {

    @Parameters(
        paramLabel = "ID",
        arity = "0..1",
        description = "Only those of this hook, or of this plugin.")
    @Nullable String hook;

    OnWindows(CommandIo io) {
      super(io);
    }

    /** Does the work; returns the exit code. */
    abstract int onWindows(Ledger ledger) throws IOException;

    @Override
    final int run(Ledger ledger) throws IOException {
      if (hook != null && named(ledger, hook).isEmpty()) {
        return ExitCode.USAGE;
      }
      return onWindows(ledger);
    }
  }

  @Command(
      name = "list",
      description =
          "Prints each with what it waits for: open until it is closed, closed until it is done, late if facts came after it was done, done, or failed.",
      mixinStandardHelpOptions = true)
  private static final class ListCommand extends OnWindows {

    private static final int MANY = 1_000;

    @Option(names = "--json", description = "Print JSON objects, one per line.")
    private boolean json;

    @Option(names = "--all", description = "Print all, not only the latest 1,000.")
    private boolean all;

    ListCommand(CommandIo io) {
      super(io);
    }

    @Override
    int onWindows(Ledger ledger) throws IOException {
      var windows = ledger.windows().windows(hook, all ? Integer.MAX_VALUE : MANY);
      if (json) {
        windows.forEach(window -> io.out().println(WindowText.json(window, hints())));
      } else if (windows.isEmpty()) {
        io.out().println("There are no windows.");
      } else {
        WindowText.print(windows, hints(), io.out());
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "close",
      description =
          "Closes the windows that are open: a host calls their hooks with the facts there are.",
      mixinStandardHelpOptions = true)
  private static final class CloseCommand extends OnWindows {

    CloseCommand(CommandIo io) {
      super(io);
    }

    @Override
    int onWindows(Ledger ledger) throws IOException {
      int closed = ledger.windows().close(hook);
      io.out().println(closed == 1 ? "1 window is closed" : closed + " windows are closed");
      return ExitCode.OK;
    }
  }
}
