package io.longline.host.cli;

import io.longline.host.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline replay}: calls one hook, again or for the first time, on what is done. */
@Command(
    name = "replay",
    description =
        "Calls one hook on batches that are done: back-fill for a hook that was installed later.",
    mixinStandardHelpOptions = true)
final class ReplayCommand extends LedgerCommand {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Only these directories (default: all).")
  private List<Path> directories = new ArrayList<>();

  @Option(
      names = "--hook",
      paramLabel = "ID",
      required = true,
      description = "The hook, or a plugin for all its hooks.")
  private String hook = "";

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only batches accepted in the last DURATION, such as 24h or 7d.")
  private @Nullable String since;

  @Option(
      names = "--again",
      description =
          "Also on batches where it has succeeded; its output is added to what exists. Directories that are named include such batches anyway.")
  private boolean again;

  ReplayCommand(CommandIo io) {
    super(io);
  }

  @Override
  int run(Ledger ledger) throws IOException {
    var hooks = named(ledger, hook);
    if (hooks.isEmpty()) {
      return ExitCode.USAGE;
    }
    var real = directories.stream().map(this::real).toList();
    var unknown = new ArrayList<Path>();
    for (var directory : real) {
      if (ledger.view().batches(directory).isEmpty()) {
        unknown.add(directory);
        complain(
            directory
                + " is not in the ledger; add it: "
                + hints().command("enqueue", directory.toString()));
      }
    }
    boolean isAgain = again || !real.isEmpty();
    int count = 0;
    int twice = 0;
    for (var each : hooks) {
      twice += isAgain ? ledger.batches().succeeded(each, since(since), real) : 0;
      count += ledger.batches().replay(each, since(since), real, isAgain);
    }
    io.out().println(count + (count == 1 ? " call is owed now" : " calls are owed now"));
    if (twice > 0) {
      complain(
          "%d of these calls succeeded before, so what they write will be in the outputs twice. To have it once, move the files of these outputs out of the output folder before a host makes the calls, and replay the hook on all directories: %s"
              .formatted(twice, hints().command("replay", "--again", "--hook", hook)));
    }
    if (!unknown.isEmpty()) {
      return ExitCode.PROBLEMS;
    }
    return count == 0 ? ExitCode.USAGE : ExitCode.OK;
  }
}
