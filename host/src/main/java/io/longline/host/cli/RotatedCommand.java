package io.longline.host.cli;

import io.longline.host.intake.LogComparison;
import io.longline.host.intake.LogProbe;
import io.longline.host.intake.RotatedFiles;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code longline rotated}: the command that Zeek runs when it has ended a file, with the arguments
 * that it gives ({@code Log::default_rotation_postprocessor_cmd};
 * base/frameworks/logging/main.zeek).
 */
@Command(
    name = "rotated",
    description =
        "Reports that Zeek has ended a log file. For Zeek: redef Log::default_rotation_postprocessor_cmd = \"longline rotated\";",
    mixinStandardHelpOptions = true)
@SuppressWarnings("UnusedVariable") // Zeek gives all of these, in this order.
final class RotatedCommand extends LedgerCommand {

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, under its new name.")
  private Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "PATH", description = "The log's path, such as conn.")
  private String path = "";

  @Parameters(index = "2", paramLabel = "OPEN", description = "When it was opened.")
  private String open = "";

  @Parameters(index = "3", paramLabel = "CLOSE", description = "When it was ended.")
  private String close = "";

  @Parameters(index = "4", paramLabel = "TERMINATING", description = "1 if Zeek is ending.")
  private String terminating = "";

  @Parameters(index = "5", paramLabel = "WRITER", arity = "0..1", description = "Such as ascii.")
  private String writer = "ascii";

  RotatedCommand(CommandIo io) {
    super(io);
  }

  @Override
  boolean createsLedger() {
    return true;
  }

  @Override
  int run(Ledger ledger) throws IOException {
    if (!terminating.matches("[01TF]")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "TERMINATING is \""
              + terminating
              + "\"; Zeek gives 0 or 1. The arguments are FILE PATH OPEN CLOSE TERMINATING WRITER.");
    }
    if (!Files.isRegularFile(file)) {
      complain("there is no file " + file + "; Zeek passes the new name of a file.");
      return ExitCode.PROBLEMS;
    }
    var real = file.toRealPath();
    var directory = Objects.requireNonNull(real.getParent());
    // The files of one rotation are ended together; when they were opened can differ.
    var intake = ledger.intake();
    intake.recordRotated(real, close);
    if (terminating.equals("1") || terminating.equals("T")) {
      for (var group : intake.rotated(-1).entrySet()) {
        if (group.getKey().equals(directory)) {
          take(ledger, directory, group.getValue().getOrDefault(close, List.of()));
        }
      }
    }
    return ExitCode.OK;
  }

  private void take(Ledger ledger, Path directory, List<String> names) throws IOException {
    new RotatedFiles(
            LogProbe.ofAnyName(),
            ledger.intake(),
            (folder, logs) -> accept(ledger.batches(), folder, logs),
            (bad, reason) -> complain(bad + ": " + reason))
        .take(directory, names);
  }

  private static void accept(BatchLedger batches, Path folder, List<FileStamp> logs)
      throws IOException {
    var comparison = new LogComparison(folder, batches.recordedLogs(folder), () -> false);
    batches.acceptFound(folder, comparison.of(logs), BatchLedger.Mode.NEW_FILES);
  }
}
