package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The help of commands, and the examples in it. */
class HelpTest {

  private static final int MAX_LINES = 6;
  private static final int MAX_WIDTH = 100;

  @TempDir Path home;

  private CliHarness cli;

  @BeforeEach
  void prepare() {
    cli = new CliHarness(home);
  }

  /** A command and all below it. */
  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  @TestFactory
  Stream<DynamicTest> eachCommandHasExamples() {
    return all(cli.commands())
        .map(
            command ->
                DynamicTest.dynamicTest(
                    name(command),
                    () -> {
                      var lines = CommandExamples.read().of(name(command));
                      assertThat(lines).hasSizeBetween(1, MAX_LINES);
                      assertThat(lines)
                          .allSatisfy(line -> assertThat(line).hasSizeLessThan(MAX_WIDTH));
                      var examples = lines.stream().filter(line -> !line.startsWith("#")).toList();
                      assertThat(examples).isNotEmpty();
                      for (var example : examples) {
                        parse(command, example);
                      }
                      assertThat(command.getUsageMessage()).contains(lines);
                    }));
  }

  /** An example is of its command or one below, and has only what this takes. */
  private void parse(CommandLine command, String example) throws Exception {
    var parsed = cli.commands().parseArgs(words(example).toArray(String[]::new));
    for (var below = parsed.subcommand(); below != null; below = below.subcommand()) {
      parsed = below;
    }
    assertThat(parsed.commandSpec().qualifiedName() + " ").startsWith(name(command) + " ");
  }

  /** The arguments that a shell gives to longline, in a line with pipes too. */
  private static List<String> words(String example) throws IOException, InterruptedException {
    var process = new ProcessBuilder("sh", "-ef").redirectErrorStream(true).start();
    var script =
        "find() { :; }; zcat() { :; }; sudo() { shift 2; \"$@\"; }; longline() { printf '%s\\n' \"$@\"; }\n"
            + example
            + "\n";
    try (var in = process.getOutputStream()) {
      in.write(script.getBytes(UTF_8));
    }
    var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", example, printed).isZero();
    return printed.lines().toList();
  }

  @Test
  void noExampleIsOfACommandThatIsGone() {
    var commands = all(cli.commands()).map(HelpTest::name).toList();
    assertThat(commands).containsAll(CommandExamples.read().commands());
  }

  @Test
  void theHelpOfACommandIsShownAsByItsOption() {
    for (var command : all(cli.commands()).map(HelpTest::name).toList()) {
      var words = new ArrayList<>(List.of(command.split(" ", -1)));
      words.set(0, "help");
      assertThat(cli.run(words.toArray(String[]::new))).as(cli.err()).isZero();
      var shown = cli.out();
      words.remove(0);
      words.add("--help");
      assertThat(cli.run(words.toArray(String[]::new))).as(cli.err()).isZero();
      assertThat(shown).as(command).startsWith("Usage: " + command).contains("Examples:");
      if (!words.equals(List.of("--help"))) {
        assertThat(shown).isEqualTo(cli.out());
      }
    }
  }

  @Test
  void thereIsNoHelpOfWhatIsNoCommand() {
    assertThat(cli.run("help", "plugins", "instal")).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err())
        .isEqualTo(
            "longline: There is no command instal. Did you mean install?\nSee longline plugins --help.\n");
    assertThat(cli.run("help", "xyzzy")).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).isEqualTo("longline: There is no command xyzzy.\nSee longline --help.\n");
  }
}
