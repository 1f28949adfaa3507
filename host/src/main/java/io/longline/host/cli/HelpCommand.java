package io.longline.host.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code longline help}: the help of a command. */
@Command(
    name = "help",
    description = "Shows the help of a command, with examples, as its option --help does.",
    mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command, such as run or plugins install (default: all commands).")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    var command = spec.parent().commandLine();
    for (var word : words) {
      var next = command.getSubcommands().get(word);
      if (next == null) {
        throw new ParameterException(command, WrongUsage.noCommand(word, command));
      }
      command = next;
    }
    command.usage(spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
