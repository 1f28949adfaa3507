package io.longline.host.cli;

import io.longline.host.configuration.UnknownHook;
import io.longline.host.ledger.Ledger;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longline plugins resume}: ends the pause of hooks. */
@Command(
    name = "resume",
    description =
        "Ends the pause of hooks that failed again and again; the work that has waited comes first.",
    mixinStandardHelpOptions = true)
final class PluginResumeCommand extends LedgerCommand {

  @Parameters(paramLabel = "ID", description = "A plugin, for all its hooks, or a hook.")
  private String id = "";

  private PluginResumeCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginResumeCommand(io));
  }

  @Override
  int run(Ledger ledger) throws IOException {
    int resumed = ledger.plugins().resume(id);
    if (resumed < 0) {
      complain(UnknownHook.sentence(id, ledger.hooks()));
      return ExitCode.USAGE;
    }
    io.out().println(resumed == 0 ? id + " is not paused" : id + " is called again");
    return ExitCode.OK;
  }
}
