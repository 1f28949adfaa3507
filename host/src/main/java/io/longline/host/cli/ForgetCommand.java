package io.longline.host.cli;

import io.longline.host.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longline forget}: removes directories from the ledger. */
@Command(
    name = "forget",
    description =
        "Forgets that directories were processed: if they are submitted again, they are processed again. Outputs stay.",
    mixinStandardHelpOptions = true)
final class ForgetCommand extends LedgerCommand {

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "A log directory.")
  private List<Path> directories = new ArrayList<>();

  ForgetCommand(CommandIo io) {
    super(io);
  }

  @Override
  int run(Ledger ledger) throws IOException {
    int code = ExitCode.OK;
    for (var directory : directories) {
      var path = real(directory);
      int count = ledger.batches().forget(path);
      if (count > 0) {
        io.out().println(path + ": forgotten");
      } else {
        complain(
            path
                + (count < 0
                    ? ": a host is working on it; try again when it is done."
                    : ": it is not in the ledger."));
        code = ExitCode.PROBLEMS;
      }
    }
    return code;
  }
}
