package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The examples on the help pages of commands. Immutable.
 *
 * <p>They are in {@code examples.txt}: a line {@code [COMMAND]} for each command, which is followed
 * by its examples.
 */
final class CommandExamples {

  private static final String FILE = "examples.txt";

  private final Map<String, List<String>> examples = new LinkedHashMap<>();

  private CommandExamples(List<String> lines) {
    var section = new ArrayList<String>();
    for (var line : lines) {
      if (line.startsWith("[") && line.endsWith("]")) {
        section = new ArrayList<>();
        examples.put(line.substring(1, line.length() - 1), section);
      } else if (!line.isBlank()) {
        section.add(line);
      }
    }
  }

  /** Reads the examples of all commands. */
  static CommandExamples read() {
    try (var in = CommandExamples.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing beside " + CommandExamples.class);
      }
      return new CommandExamples(new String(in.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the help page of a command, and of those below it, end with examples. */
  static void addTo(CommandLine commandLine) {
    var sections = new LinkedHashMap<>(commandLine.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> help.footer() + read().page(help));
    commandLine.setHelpSectionMap(sections);
  }

  /** The names of all commands that have examples, such as {@code longline plugins install}. */
  List<String> commands() {
    return List.copyOf(examples.keySet());
  }

  /** The lines for a command: examples, and comments, which start with {@code #}. */
  List<String> of(String command) {
    return List.copyOf(examples.getOrDefault(command, List.of()));
  }

  private String page(Help help) {
    var lines = of(help.commandSpec().qualifiedName());
    if (lines.isEmpty()) {
      return "";
    }
    var page = new StringBuilder(String.format("%nExamples:%n"));
    lines.forEach(line -> page.append(String.format("  %s%n", line)));
    return page.toString();
  }
}
