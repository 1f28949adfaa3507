package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.WindowPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks with windows, from the command line in this JVM: what is in the outputs of windows. */
class WindowRunTest {

  /** Times of two days. */
  private static final String MONDAY = "1714348800.000000";

  private static final String MONDAY_NOON = "1714392000.000000";
  private static final String TUESDAY = "1714435200.000000";

  @TempDir Path home;

  private Path plugins;
  private Path logs;
  private Path output;
  private CliHarness cli;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(home.resolve("plugins-dir"));
    logs = Files.createDirectories(home.resolve("logs"));
    output = home.resolve("out");
    cli = new CliHarness(home);
    WindowPlugin.in(plugins).build();
  }

  private int run(Object... args) {
    var all = new ArrayList<>(List.of("run", "--retry-delay", "0s", "--output", output.toString()));
    for (var arg : args) {
      all.add(arg.toString());
    }
    return cli.run(all.toArray(String[]::new));
  }

  private void runs(Object... args) {
    assertThat(run(args)).as(cli.err() + cli.out()).isZero();
  }

  private void longline(String... args) {
    assertThat(cli.run(args)).as(cli.err() + cli.out()).isZero();
  }

  private String state() {
    return output.resolve(".longline").toString();
  }

  private List<String> window(String name) throws IOException {
    return Files.readAllLines(output.resolve("counts").resolve(name + ".log"));
  }

  @Test
  void eachDayAndTheRunHaveTheirOutput() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    var b = WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1", TUESDAY + " C4 10.0.0.2");
    runs(b, a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
    assertThat(window("2024-04-30")).containsExactly("10.0.0.1 1 [C2]", "10.0.0.2 1 [C4]");
    assertThat(window("run")).containsExactly("10.0.0.1 3 [C1, C3, C2]", "10.0.0.2 1 [C4]");
  }

  @Test
  void factsThatComeInALaterRunReplaceTheOutput() throws IOException {
    runs(WindowPlugin.logs(logs, "a", MONDAY_NOON + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1"));
    var before = Files.getLastModifiedTime(output.resolve("counts/2024-04-30.log"));
    runs(WindowPlugin.logs(logs, "b", MONDAY + " C3 10.0.0.1"));
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C3, C1]");
    assertThat(window("run")).containsExactly("10.0.0.1 3 [C3, C1, C2]");
    assertThat(Files.getLastModifiedTime(output.resolve("counts/2024-04-30.log")))
        .as("a window that has no new fact")
        .isEqualTo(before);
  }

  @Test
  void aDirectoryThatIsProcessedAgainCountsOnce() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    runs(a, WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1"));
    runs("--again", a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
    assertThat(window("run")).containsExactly("10.0.0.1 3 [C1, C3, C2]");
  }

  @Test
  void whatADifferentVersionOfTheHookPutsReplacesWhatWasPutBefore() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    runs(a, WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1"));
    WindowPlugin.in(plugins).atOpen("if (logs.name().equals(\"a\")) return record -> {};").build();
    runs("--again", a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 1 [C3]");
    assertThat(window("run")).containsExactly("10.0.0.1 1 [C3]");
    assertThat(output.resolve("counts/2024-04-30.log"))
        .as("of a day that has no fact any more")
        .doesNotExist();
  }

  @Test
  void aVersionWithAnotherFormatOfPartsProcessesTheDirectoriesAgain() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    runs(a, WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1"));
    WindowPlugin.in(plugins).members("public int partVersion() { return 2; }").build();
    runs(WindowPlugin.logs(logs, "c", MONDAY_NOON + " C4 10.0.0.1"));
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 3 [C1, C3, C4]");
    assertThat(window("run")).containsExactly("10.0.0.1 4 [C1, C3, C4, C2]");
    assertThat(cli.out()).contains("calls        6 succeeded, 0 failed");
  }

  @Test
  void theFactsOfAForgottenDirectoryAreGone() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    runs(a, WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1"));
    longline("forget", "--state", state(), a.toString());
    runs(WindowPlugin.logs(logs, "c", MONDAY_NOON + " C5 10.0.0.1"));
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C3, C5]");
    assertThat(window("run")).containsExactly("10.0.0.1 2 [C3, C5]");
    assertThat(output.resolve("counts/2024-04-30.log")).doesNotExist();
    runs(a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 3 [C1, C3, C5]");
    assertThat(window("2024-04-30")).containsExactly("10.0.0.1 1 [C2]");
  }

  @Test
  void theFactsOfAttemptsThatFailedDoNotCount() throws IOException {
    var attempts = home.resolve("attempts");
    WindowPlugin.in(plugins)
        .atEnd(
            """
        var file = Path.of("%s-" + logs.name());
        int attempt = Files.exists(file) ? Files.readAllLines(file).size() : 0;
        Files.writeString(file, "x\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (attempt < 2) throw new IllegalStateException("attempt " + attempt);
        """
                .formatted(attempts))
        .build();
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    var b = WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1");
    runs(a, b);
    assertThat(cli.out()).contains("warnings     4");
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
    assertThat(window("run")).containsExactly("10.0.0.1 3 [C1, C3, C2]");
  }

  @Test
  void theFactsOfADeadLetterDoNotCount() throws IOException {
    WindowPlugin.in(plugins)
        .atEnd("if (logs.name().equals(\"a\")) throw new IllegalStateException(\"broken\");")
        .build();
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1");
    var b = WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1");
    assertThat(run(a, b)).isEqualTo(ExitCode.PROBLEMS);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 1 [C3]");
    WindowPlugin.in(plugins).build();
    longline("dead", "replay", "--state", state());
    runs(b);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
  }

  /** A window whose call fails keeps what it wrote before, and is done when it no longer fails. */
  @Test
  void aWindowThatFailsKeepsItsOutputUntilItIsReplayed() throws IOException {
    runs(WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1"));
    WindowPlugin.in(plugins)
        .atClose(
            "if (window.name().equals(\"2024-04-29\")) throw new IllegalStateException(\"broken\");")
        .build();
    var b = WindowPlugin.logs(logs, "b", MONDAY + " C3 10.0.0.1", TUESDAY + " C4 10.0.0.1");
    assertThat(run(b)).isEqualTo(ExitCode.PROBLEMS);
    assertThat(cli.out()).contains("3 x counts/Counts WINDOW", "broken", "dead letters 1");
    assertThat(Files.readAllLines(output.resolve("warnings.jsonl")))
        .hasSize(3)
        .allMatch(line -> line.contains("2024-04-29"));
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 1 [C1]");
    assertThat(window("2024-04-30")).containsExactly("10.0.0.1 2 [C2, C4]");
    WindowPlugin.in(plugins).build();
    longline("dead", "replay", "--state", state());
    runs(b);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
  }

  @Test
  void aDirectoryWithoutFactsChangesNothing() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1");
    var empty = WindowPlugin.logs(logs, "empty");
    var other = Files.createDirectories(logs.resolve("other"));
    Files.writeString(other.resolve("dns.log"), "#path\tdns\n#fields\tuid\n#types\tstring\nC9\n");
    runs(a, empty, other);
    assertThat(cli.out()).contains("directories  3 processed");
    assertThat(window("run")).containsExactly("10.0.0.1 1 [C1]");
  }

  @Test
  void aRowWithoutATimeIsABadLineAndTheOthersCount() throws IOException {
    var a = WindowPlugin.logs(logs, "a", "- C0 10.0.0.1", MONDAY + " C1 10.0.0.1", "- C2 10.0.0.1");
    run(a);
    assertThat(window("run")).containsExactly("10.0.0.1 1 [C1]");
  }

  @Test
  void aBatchWithoutAnyTimeHasNoFacts() throws IOException {
    var a = WindowPlugin.logs(logs, "a", "- C0 10.0.0.1", "- C1 10.0.0.1");
    var b = WindowPlugin.logs(logs, "b", MONDAY + " C2 10.0.0.1");
    run(a, b);
    assertThat(window("run")).containsExactly("10.0.0.1 1 [C2]");
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 1 [C2]");
  }

  @Test
  void timesFarInTheFutureHaveWindowsOfTheirOwn() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", "253402300799.5 C2 10.0.0.1");
    runs(a);
    runs(WindowPlugin.logs(logs, "b", MONDAY + " C3 10.0.0.1"));
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
    assertThat(window("9999-12-31")).containsExactly("10.0.0.1 1 [C2]");
  }

  @Test
  void anIsolatedPluginWritesTheSame() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    var b = WindowPlugin.logs(logs, "b", MONDAY_NOON + " C3 10.0.0.1", TUESDAY + " C4 10.0.0.2");
    runs("--isolate", "all", b, a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
    assertThat(window("2024-04-30")).containsExactly("10.0.0.1 1 [C2]", "10.0.0.2 1 [C4]");
    assertThat(window("run")).containsExactly("10.0.0.1 3 [C1, C3, C2]", "10.0.0.2 1 [C4]");
  }

  @Test
  void anIsolatedPluginThatDiesInItsFirstAttemptsCountsOnce() throws IOException {
    var died = home.resolve("died");
    WindowPlugin.in(plugins)
        .atClose(
            """
        var file = Path.of("%s-" + window.name());
        if (!Files.exists(file)) { Files.createFile(file); Runtime.getRuntime().halt(3); }
        """
                .formatted(died))
        .build();
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1", TUESDAY + " C2 10.0.0.1");
    runs("--isolate", "all", a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 1 [C1]");
    assertThat(window("run")).containsExactly("10.0.0.1 2 [C1, C2]");
  }

  @Test
  void withoutALedgerTheWindowsAreThoseOfThisRun() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1");
    runs("--state", "none", a);
    assertThat(window("run")).containsExactly("10.0.0.1 1 [C1]");
    assertThat(output.resolve(".longline/parts")).isEmptyDirectory();
    assertThat(output.resolve(".longline/windows")).isEmptyDirectory();
  }

  @Test
  void aDamagedPartFailsItsWindowsAloneUntilItsDirectoryIsProcessedAgain() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1");
    runs(a);
    var part = onlyFile(output.resolve(".longline/parts"));
    var bytes = Files.readAllBytes(part);
    bytes[5] ^= 0x40;
    Files.write(part, bytes);
    var b = WindowPlugin.logs(logs, "b", MONDAY + " C3 10.0.0.1", TUESDAY + " C4 10.0.0.1");
    assertThat(run(b)).isEqualTo(ExitCode.PROBLEMS);
    assertThat(cli.out())
        .contains("The part of " + a + " is damaged", "Process that directory again");
    assertThat(window("2024-04-30")).containsExactly("10.0.0.1 1 [C4]");
    assertThat(window("2024-04-29")).as("as it was").containsExactly("10.0.0.1 1 [C1]");
    runs("--again", a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
    assertThat(window("run")).containsExactly("10.0.0.1 3 [C1, C3, C4]");
  }

  @Test
  void aPartThatIsGoneIsNamedToo() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1");
    runs(a);
    Files.delete(onlyFile(output.resolve(".longline/parts")));
    var b = WindowPlugin.logs(logs, "b", MONDAY + " C3 10.0.0.1");
    assertThat(run(b)).isEqualTo(ExitCode.PROBLEMS);
    assertThat(cli.out()).contains("The part of " + a, "Process that directory again");
    runs("--again", a);
    assertThat(window("2024-04-29")).containsExactly("10.0.0.1 2 [C1, C3]");
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.reduce((one, other) -> other).orElseThrow();
    }
  }

  /** A parts folder that does not grow with each processing of the same directories. */
  @Test
  void thePartsOfEarlierProcessingAreRemoved() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1");
    for (int i = 0; i < 3; i++) {
      runs("--again", a);
    }
    assertThat(output.resolve(".longline/parts")).isDirectoryContaining("glob:**.parts");
    assertThat(onlyFile(output.resolve(".longline/parts"))).isRegularFile();
    try (var files = Files.list(output.resolve(".longline/parts"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anotherFolderThanBeforeIsRefused() throws IOException {
    var a = WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1");
    var first = home.resolve("first");
    runs("--windows", first, a);
    assertThat(Files.readAllLines(first.resolve("counts/run.log")))
        .containsExactly("10.0.0.1 1 [C1]");
    assertThat(run("--windows", home.resolve("second"), a)).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("in another folder than " + home.resolve("second"), first + "");
    // A folder that was moved is known by its id.
    Files.move(first, home.resolve("moved"));
    runs("--windows", home.resolve("moved"), WindowPlugin.logs(logs, "b", MONDAY + " C2 10.0.0.1"));
    assertThat(Files.readAllLines(home.resolve("moved/counts/run.log")))
        .containsExactly("10.0.0.1 2 [C1, C2]");
  }

  @Test
  void aFileOfSomebodyElseIsLeftAlone() throws IOException {
    runs(WindowPlugin.logs(logs, "a", MONDAY + " C1 10.0.0.1"));
    Files.writeString(output.resolve("counts/2024-04-30.log"), "mine\n");
    runs(WindowPlugin.logs(logs, "b", TUESDAY + " C2 10.0.0.1"));
    runs(WindowPlugin.logs(logs, "c", TUESDAY + " C3 10.0.0.1"));
    assertThat(window("2024-04-30")).containsExactly("mine");
    assertThat(window("2024-04-30-2")).containsExactly("10.0.0.1 2 [C2, C3]");
    assertThat(output.resolve("counts/2024-04-30-3.log")).doesNotExist();
  }
}
