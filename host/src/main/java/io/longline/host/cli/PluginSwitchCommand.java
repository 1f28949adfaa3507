package io.longline.host.cli;

import io.longline.host.ledger.Ledger;
import io.longline.zeek.NearestName;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longline plugins enable} and {@code disable}. */
@Command(mixinStandardHelpOptions = true)
final class PluginSwitchCommand extends LedgerCommand {

  private final boolean isEnabling;

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  private PluginSwitchCommand(CommandIo io, boolean isEnabling) {
    super(io);
    this.isEnabling = isEnabling;
  }

  static CommandLine commandLine(CommandIo io, boolean isEnabling) {
    var command = new CommandLine(new PluginSwitchCommand(io, isEnabling));
    command
        .getCommandSpec()
        .usageMessage()
        .description(
            isEnabling
                ? "Has hosts call a plugin's hooks again: on the work that has waited, and on new directories."
                : "Keeps hosts from calling a plugin's hooks: work that is already owed to them waits, and new directories are not added to it.");
    return command;
  }

  @Override
  int run(Ledger ledger) throws IOException {
    if (ledger.plugins().setEnabled(id, isEnabling) == 0) {
      var ids = ledger.plugins().ids();
      complain(
          "There is no plugin %s in the ledger.%s There are: %s."
              .formatted(id, NearestName.question(id, ids), String.join(", ", ids)));
      return ExitCode.USAGE;
    }
    io.out()
        .println(
            id
                + (isEnabling
                    ? " is enabled; for directories that came in the meantime: "
                        + hints().command("replay", "--hook", id)
                    : " is disabled; calls that are running finish, its other work is kept"));
    return ExitCode.OK;
  }
}
