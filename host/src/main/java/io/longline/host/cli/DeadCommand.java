package io.longline.host.cli;

import io.longline.host.event.PrintableText;
import io.longline.host.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline dead}: calls that used up their attempts. */
@Command(
    name = "dead",
    description = "Lists dead letters, shows why they are, tries them again or drops them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|show|replay|drop")
final class DeadCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new DeadCommand())
        .addSubcommand("list", new ListCommand(io))
        .addSubcommand("show", new ShowCommand(io))
        .addSubcommand("replay", EndCommand.commandLine(io, true))
        .addSubcommand("drop", EndCommand.commandLine(io, false));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do with dead letters: list, show, replay or drop.");
  }

  /** What the four have in common. */
  private abstract static class OnDead extends LedgerCommand {

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Those of this directory only.")
    private @Nullable Path directory;

    @Option(
        names = "--hook",
        paramLabel = "ID",
        description = "Those of this hook, or of this plugin, only.")
    @Nullable String hook;

    @Option(names = "--json", description = "Print JSON objects, one a line.")
    boolean json;

    OnDead(CommandIo io) {
      super(io);
    }

    @Nullable Path directory() {
      var named = directory;
      return named == null ? null : real(named);
    }

    /** Does what is wanted. */
    abstract int onDead(Ledger ledger) throws IOException;

    @Override
    final int run(Ledger ledger) throws IOException {
      if (hook != null && named(ledger, hook).isEmpty()) {
        return ExitCode.USAGE;
      }
      return onDead(ledger);
    }

    boolean isNamed(String of) {
      var named = directory();
      return named == null || of.equals(named.toString());
    }
  }

  @Command(name = "list", description = "A line for each.", mixinStandardHelpOptions = true)
  private static final class ListCommand extends OnDead {

    ListCommand(CommandIo io) {
      super(io);
    }

    @Override
    int onDead(Ledger ledger) throws IOException {
      var dead = ledger.view().dead(hook).stream().filter(run -> isNamed(run.directory())).toList();
      if (json) {
        dead.forEach(run -> io.out().println(RunText.json(run)));
      } else if (dead.isEmpty()) {
        io.out().println("There are no dead letters.");
      } else {
        RunText.print(dead, io.out());
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "show",
      description = "Each with its error and where it came from.",
      mixinStandardHelpOptions = true)
  private static final class ShowCommand extends OnDead {

    ShowCommand(CommandIo io) {
      super(io);
    }

    @Override
    int onDead(Ledger ledger) throws IOException {
      for (var run : ledger.view().dead(hook)) {
        if (!isNamed(run.directory())) {
          continue;
        }
        if (json) {
          io.out().println(RunText.json(run));
          continue;
        }
        io.out()
            .printf(
                "%s on %s, %d attempts%n  %s%n%s%n",
                run.hook(),
                PrintableText.line(run.directory()),
                run.attempts(),
                PrintableText.line(run.last().error()),
                PrintableText.lines(run.last().stack()));
      }
      return ExitCode.OK;
    }
  }

  /** Has them tried again, or gives them up. */
  @Command(mixinStandardHelpOptions = true)
  private static final class EndCommand extends OnDead {

    private final boolean isReplay;

    private EndCommand(CommandIo io, boolean isReplay) {
      super(io);
      this.isReplay = isReplay;
    }

    static CommandLine commandLine(CommandIo io, boolean isReplay) {
      var command = new CommandLine(new EndCommand(io, isReplay));
      command
          .getCommandSpec()
          .usageMessage()
          .description(
              isReplay ? "Has them tried again, with all their attempts." : "Gives them up.");
      return command;
    }

    @Override
    int onDead(Ledger ledger) throws IOException {
      var batches = ledger.batches();
      int count =
          isReplay ? batches.replayDead(hook, directory()) : batches.dropDead(hook, directory());
      io.out().println(count + (isReplay ? " will be tried again" : " dropped"));
      return count == 0 ? ExitCode.USAGE : ExitCode.OK;
    }
  }
}
