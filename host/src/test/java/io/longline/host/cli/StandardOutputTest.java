package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands do if standard output cannot be written. */
class StandardOutputTest {

  private static final String FULL = "No space left on device";

  @TempDir Path home;

  private String output;
  private String state;
  private String log;
  private CliHarness cli;

  @BeforeEach
  void prepare() throws IOException {
    var jars = new PluginJars(Files.createDirectories(home.resolve("plugins-dir")));
    jars.jar("bad.jar")
        .plugin("bad", "1.0.0")
        .source(logHook("Bad", "throw new IllegalStateException(\"broken\");"))
        .index("test.plugin.Bad")
        .build();
    var directory = SampleLogs.directory(Files.createDirectories(home.resolve("logs")), "a");
    log = directory.resolve("conn.log").toString();
    output = home.resolve("out").toString();
    state = output + "/.longline";
    cli = new CliHarness(home);
    assertThat(run("run --max-attempts 1 --output OUT LOGS")).isEqualTo(ExitCode.PROBLEMS);
  }

  private int run(String line) {
    var args = new ArrayList<String>();
    for (var word : List.of(line.split(" ", -1))) {
      args.add(
          word.replace("OUT", output)
              .replace("STATE", state)
              .replace("LOGS", home.resolve("logs").toString())
              .replace("LOG", log)
              .replace("HOME", home.toString()));
    }
    return cli.run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "cut --help",
        "cut uid --file LOG",
        "cut --json --file LOG",
        "run --again --json --output OUT LOGS",
        "run --again --output OUT LOGS",
        "enqueue --state STATE LOGS",
        "enqueue --json --state STATE LOGS",
        "status --state STATE",
        "status --json --state STATE",
        "status --state STATE LOGS/a",
        "status --json --state STATE LOGS/a",
        "warnings --state STATE",
        "warnings --follow --state STATE",
        "dead list --state STATE",
        "dead list --json --state STATE",
        "dead show --state STATE",
        "dead replay --state STATE",
        "dead drop --json --state STATE",
        "prune --keep 1d --state STATE",
        "prune --keep 1d --json --state STATE",
        "plugins",
        "plugins --json",
        "plugins bad",
        "plugins verify HOME/plugins-dir/bad.jar",
        "plugins disable bad --state STATE",
        "plugins remove bad",
        "config",
        "config --json",
      })
  void eachCommandFails(String line) {
    cli.brokenOutput(FULL);
    assertThat(run(line)).as(cli.err()).isBetween(1, 3);
    assertThat(cli.err())
        .contains("longline: Standard output could not be written")
        .contains(FULL)
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cut uid --file LOG",
        "status --state STATE",
        "warnings --follow --state STATE",
        "plugins --json",
        "config",
      })
  void aClosedPipeIsNoErrorWorthAMessage(String line) {
    cli.brokenOutput("Broken pipe");
    assertThat(run(line)).as(cli.err()).isEqualTo(141);
    assertThat(cli.err()).isEmpty();
  }

  /** The directories, and the record of what was done with them, do not depend on who reads. */
  @Test
  void aRunFinishesItsWork() throws IOException {
    SampleLogs.directory(home.resolve("logs"), "b");
    SampleLogs.directory(home.resolve("logs"), "c");
    cli.brokenOutput("Broken pipe");
    assertThat(run("run --json --max-attempts 1 --output OUT LOGS")).isEqualTo(1);
    cli = new CliHarness(home);
    assertThat(run("dead list --json --state STATE")).isZero();
    assertThat(cli.jsonLines()).hasSize(3);
  }

  @Test
  void whatACommandChangesIsChanged() {
    cli.brokenOutput(FULL);
    assertThat(run("dead drop --state STATE")).isEqualTo(1);
    cli = new CliHarness(home);
    assertThat(run("dead list --state STATE")).isZero();
    assertThat(cli.out()).doesNotContain("bad/Bad");
  }
}
