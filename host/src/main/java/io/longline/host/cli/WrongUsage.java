package io.longline.host.cli;

import io.longline.zeek.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and what may have been meant. Immutable. */
final class WrongUsage {

  private static final String LONG = "--";

  private final CommandLine command;
  private final String message;
  private final List<String> unmatched;
  private final List<String> arguments;

  /**
   * Explains an error.
   *
   * @param arguments the whole command line
   */
  WrongUsage(ParameterException e, String[] arguments) {
    command = e.getCommandLine();
    message = String.valueOf(e.getMessage());
    unmatched = e instanceof UnmatchedArgumentException odd ? odd.getUnmatched() : List.of();
    this.arguments = List.of(arguments);
  }

  /** What is wrong, in a sentence, and what may have been meant, as a question. */
  String sentence() {
    if (unmatched.isEmpty()) {
      return message;
    }
    var first = unmatched.get(0);
    if (first.startsWith("-")) {
      return message + question(first);
    }
    if (command.getParent() == null) {
      return noCommand(first, command);
    }
    var nearest = NearestName.question(firstWord(), command.getSubcommands().keySet());
    return message + (nearest.isEmpty() ? "" : "." + nearest);
  }

  /** Says that a command has no command of this name below it. */
  static String noCommand(String name, CommandLine above) {
    return "There is no command "
        + name
        + "."
        + NearestName.question(name, above.getSubcommands().keySet());
  }

  /** The option that may have been meant; short ones are all near each other. */
  private String question(String option) {
    if (!option.startsWith(LONG)) {
      return "";
    }
    int equals = option.indexOf('=');
    var name = option.substring(LONG.length(), equals < 0 ? option.length() : equals);
    return NearestName.of(name, longOptions())
        .map(nearest -> ". Did you mean " + LONG + nearest + "?")
        .orElse("");
  }

  private Collection<String> longOptions() {
    return command.getCommandSpec().options().stream()
        .flatMap(option -> Stream.of(option.names()))
        .filter(name -> name.startsWith(LONG))
        .map(name -> name.substring(LONG.length()))
        .toList();
  }

  /** What stands where the name of a command below this one would stand. */
  private String firstWord() {
    int name = arguments.indexOf(command.getCommandName());
    return arguments.stream()
        .skip(name + 1L)
        .filter(each -> !each.startsWith("-"))
        .findFirst()
        .orElse("");
  }

  /** Where to find more. */
  String reference() {
    var name = command.getCommandSpec().qualifiedName();
    return "See " + name + " --help.";
  }
}
