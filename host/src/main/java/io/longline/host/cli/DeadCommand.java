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
    description = "Lists dead letters, shows why they failed, attempts them again or drops them.",
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

  /** A command on dead letters, all or some of them. */
  private abstract static class OnDead extends LedgerCommand {

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Only those of this directory.")
    private @Nullable Path directory;

    @Option(
        names = "--hook",
        paramLabel = "ID",
        description = "Only those of this hook, or of this plugin.")
    @Nullable String hook;

    @Option(names = "--json", description = "Print JSON objects, one per line.")
    boolean json;

    OnDead(CommandIo io) {
      super(io);
    }

    @Nullable Path directory() {
      var named = directory;
      return named == null ? null : real(named);
    }

    /** Does the work; returns the exit code. */
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

  @Command(name = "list", description = "Prints a line for each.", mixinStandardHelpOptions = true)
  private static final class ListCommand extends OnDead {

    ListCommand(CommandIo io) {
      super(io);
    }

    @Override
    int onDead(Ledger ledger) throws IOException {
      var dead =
          ledger.view().dead(hook).stream().filter(call -> isNamed(call.directory())).toList();
      if (json) {
        dead.forEach(call -> io.out().println(CallText.json(call)));
      } else if (dead.isEmpty()) {
        io.out().println("There are no dead letters.");
      } else {
        CallText.print(dead, io.out());
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "show",
      description = "Shows each with its error and stack trace.",
      mixinStandardHelpOptions = true)
  private static final class ShowCommand extends OnDead {

    ShowCommand(CommandIo io) {
      super(io);
    }

    @Override
    int onDead(Ledger ledger) throws IOException {
      for (var call : ledger.view().dead(hook)) {
        if (!isNamed(call.directory())) {
          continue;
        }
        if (json) {
          io.out().println(CallText.json(call));
          continue;
        }
        io.out()
            .printf(
                "%s on %s, %d attempts%n  %s%n%s%n",
                call.hook(),
                PrintableText.line(call.directory()),
                call.attempts(),
                PrintableText.line(call.last().error()),
                PrintableText.lines(call.last().stack()));
      }
      return ExitCode.OK;
    }
  }

  /** Queues them again, or drops them. */
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
              isReplay ? "Queues them again, with all their attempts." : "Drops them for good.");
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
