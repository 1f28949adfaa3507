package io.longline.host.cli.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command, in the macros of man(7). It has no date, so that each build of a
 * version makes the same bytes. Confined to one thread.
 */
final class ManPage {

  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder text = new StringBuilder();

  private ManPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** The name of a command's page: {@code longline-plugins-install}. */
  static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  /**
   * The text of a command's page.
   *
   * @param version the version of the program
   */
  static String of(CommandLine command, String version) {
    var page = new ManPage(command);
    page.head(version);
    page.options();
    page.commands();
    page.footer();
    page.seeAlso();
    return page.text.toString();
  }

  private void head(String version) {
    var name = name(spec);
    line(
        ".TH %s 1 \"\" \"longline %s\" \"Longline\""
            .formatted(name.toUpperCase(Locale.ROOT), version));
    section("NAME");
    line(escaped(name) + " \\- " + escaped(firstSentence()));
    section("SYNOPSIS");
    line(".B " + escaped(spec.qualifiedName(" ")));
    command
        .getHelp()
        .synopsis(0)
        .replace(spec.qualifiedName(" "), "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> line(guarded(escaped(line))));
    section("DESCRIPTION");
    paragraphs(spec.usageMessage().description());
  }

  private String firstSentence() {
    var description = String.join(" ", spec.usageMessage().description());
    int end = description.indexOf(". ");
    var sentence = end < 0 ? description : description.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private void options() {
    var parameters = spec.positionalParameters().stream().filter(each -> !each.hidden()).toList();
    if (!parameters.isEmpty()) {
      section("ARGUMENTS");
      parameters.forEach(each -> entry(each.paramLabel(), each.description()));
    }
    // Reflection does not give them in the same order each time.
    var options =
        spec.options().stream()
            .filter(each -> !each.hidden())
            .sorted(Comparator.comparing(OptionSpec::longestName))
            .toList();
    if (!options.isEmpty()) {
      section("OPTIONS");
    }
    for (var option : options) {
      var value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
      entry(String.join(", ", option.names()) + value, option.description());
    }
  }

  private void commands() {
    var commands = visibleCommands(command);
    if (!commands.isEmpty()) {
      section("COMMANDS");
      for (var each : commands) {
        entry(
            name(each.getCommandSpec()) + "(1)",
            each.getCommandSpec().usageMessage().description());
      }
    }
  }

  /** The commands of a command that are in its help. */
  static List<CommandLine> visibleCommands(CommandLine command) {
    return command.getSubcommands().values().stream()
        .distinct()
        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  /** What the help ends with: examples and exit codes. */
  private void footer() {
    var section = command.getHelpSectionMap().get(UsageMessageSpec.SECTION_KEY_FOOTER);
    var footer = section == null ? "" : section.render(command.getHelp()).strip();
    if (!footer.isEmpty()) {
      section("NOTES");
      line(".nf");
      footer.lines().map(ManPage::escaped).map(ManPage::guarded).forEach(this::line);
      line(".fi");
    }
  }

  private void seeAlso() {
    var others = new ArrayList<String>();
    for (var parent = spec.parent(); parent != null; parent = parent.parent()) {
      others.add(".BR %s (1)".formatted(escaped(name(parent))));
    }
    if (!others.isEmpty()) {
      section("SEE ALSO");
      others.forEach(this::line);
    }
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void entry(String term, String[] description) {
    line(".TP");
    line(".B " + escaped(term));
    paragraphs(description);
  }

  private void paragraphs(String[] description) {
    for (var each : description) {
      // What picocli puts in is in the help alone.
      guardedLines(each.replaceAll(" *\\(default: \\$\\{DEFAULT-VALUE}\\)", ""));
    }
  }

  private void guardedLines(String paragraph) {
    paragraph.lines().map(ManPage::escaped).map(ManPage::guarded).forEach(this::line);
  }

  /** A line that begins with a point or an apostrophe would be a request. */
  private static String guarded(String line) {
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }

  private static String escaped(String text) {
    return text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
