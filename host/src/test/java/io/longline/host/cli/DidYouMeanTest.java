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

/** Names that do not exist, and those that were meant. */
class DidYouMeanTest {

  @TempDir Path home;

  private CliHarness cli;
  private String logs;
  private String output;
  private String state;

  @BeforeEach
  void prepare() throws IOException {
    cli = new CliHarness(home);
    new PluginJars(Files.createDirectories(home.resolve("plugins-dir")))
        .jar("counter.jar")
        .plugin("counter", "1.0.0")
        .source(logHook("Counts", "context.output(\"seen\").lines().line(logs.name());"))
        .index("test.plugin.Counts")
        .build();
    logs = home.resolve("logs").toString();
    SampleLogs.directory(Files.createDirectories(Path.of(logs)), "a");
    output = home.resolve("out").toString();
    state = output + "/.longline";
  }

  private void fails(String sentence, String... args) {
    assertThat(cli.run(args)).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains(sentence);
  }

  @Test
  void ofCommands() {
    fails("There is no command stauts. Did you mean status?\n", "stauts");
    fails("There is no command xyzzy.\n", "xyzzy");
    fails("Did you mean list?", "dead", "lits");
    fails("Did you mean check?", "config", "chek", "file");
    fails("Did you mean install?", "plugins", "--plugins=x", "instal", "a.jar");
    fails("There is no plugin instal in ", "plugins", "instal");
    assertThat(cli.err()).contains(" Did you mean install? There are: counter.");
  }

  @Test
  void ofOptions() {
    fails("Unknown option: '--ouput=x'. Did you mean --output?\n", "run", "--ouput=x", logs);
    fails("Unknown option: '--retrydelay'. Did you mean --retry-delay?\n", "run", "--retrydelay");
    fails("Unknown option: '--xyzzy'\n", "run", "--xyzzy", logs);
    fails("Unknown option: '-q'\n", "run", "-q", logs);
  }

  @Test
  void ofHooksAndPlugins() {
    var there = " There are: counter, counter/Counts.";
    fails("hook or plugin conter. Did you mean counter?" + there, run("--hooks", "conter"));
    fails(
        "hook or plugin Counts. Did you mean counter/Counts?" + there, run("--without", "Counts"));
    assertThat(cli.run(run())).as(cli.err()).isZero();
    fails("Did you mean counter?" + there, "replay", "--state", state, "--hook", "countr");
    fails("Did you mean counter?" + there, "dead", "list", "--state", state, "--hook", "countr");
    fails("Did you mean counter?" + there, "plugins", "resume", "--state", state, "countr");
    fails(
        "There is no plugin countr in the ledger. Did you mean counter? There are: counter.",
        "plugins",
        "disable",
        "--state",
        state,
        "countr");
    fails("Did you mean counter? There are: counter.", "plugins", "countr");
  }

  private String[] run(String... more) {
    var args = new ArrayList<>(List.of("run", "--output", output, logs));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  @Test
  void ofSettings() {
    fails("there is no such setting. Did you mean workers?", run("--set", "wrkers=2"));
    fails("there is no such setting. See longline config.", run("--set", "xyzzy=2"));
  }
}
