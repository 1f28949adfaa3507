package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.logHook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in messages work when they are pasted into a shell, also where paths have blanks, quotes
 * and letters that are not ASCII.
 */
class HintsTest {

  private static final Pattern COMMAND = Pattern.compile("(longline [a-z].*|zeek -r .*)");

  /** A shell in which these commands print their words, each on a line. */
  private static final String SHELL =
      "longline() { printf '%s\\n' \"$@\"; }; zeek() { test -f \"$2\" && echo found; }\n";

  @TempDir Path folder;

  private CliHarness cli;
  private Path home;
  private String logs;
  private String output;
  private String state;

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectories(folder.resolve("it's a Häuschen"));
    plugin("good", logHook("Good", "context.output(\"seen\").lines().line(logs.name());"));
    plugin("bad", logHook("Bad", "throw new IllegalStateException(\"broken\");"));
    logs = Files.createDirectories(home.resolve("the logs")).toString();
    SampleLogs.directory(Path.of(logs), "a b");
    output = home.resolve("out put").toString();
    state = output + "/.longline";
    cli = new CliHarness(home);
  }

  private void plugin(String id, String source) throws IOException {
    var name = Character.toUpperCase(id.charAt(0)) + id.substring(1);
    new PluginJars(Files.createDirectories(home.resolve("plugins-dir")))
        .jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + name)
        .build();
  }

  /** The commands that the last command named. */
  private List<String> hints() {
    var hints = new ArrayList<String>();
    for (var line : (cli.out() + cli.err()).lines().toList()) {
      var found = COMMAND.matcher(line);
      if (found.find()) {
        hints.add(found.group().strip());
      }
    }
    return hints;
  }

  /** What a shell prints that runs a text. */
  private static List<String> shell(String text) throws IOException, InterruptedException {
    var process = new ProcessBuilder("sh", "-e").redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write((SHELL + text + "\n").getBytes(UTF_8));
    }
    var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", text, printed).isZero();
    return printed.lines().toList();
  }

  /** Pastes the only command that the last command named. */
  private int pasteHint(String beginning) throws IOException, InterruptedException {
    var hints = hints().stream().filter(hint -> hint.startsWith(beginning)).toList();
    assertThat(hints).as(cli.out() + cli.err()).hasSize(1);
    return cli.run(shell(hints.get(0)).toArray(String[]::new));
  }

  private int run(String... more) {
    var args = new ArrayList<>(List.of("run", "--max-attempts", "1", "--output=" + output));
    args.addAll(Arrays.asList(more));
    args.add(logs);
    return cli.run(args.toArray(String[]::new));
  }

  @Test
  void ofARun() throws Exception {
    assertThat(run()).isEqualTo(ExitCode.PROBLEMS);
    assertThat(pasteHint("longline dead list")).as(cli.err()).isZero();
    assertThat(cli.out()).contains("bad/Bad");
    assertThat(run("--again", "--without", "bad")).as(cli.err()).isZero();
    assertThat(pasteHint("longline run")).as(cli.err()).isZero();
    assertThat(Path.of(output + "-again/seen.log")).hasContent("a b");
  }

  @Test
  void ofACapture() throws Exception {
    var capture = home.resolve("a capture.pcap");
    Files.write(capture, new byte[] {(byte) 0xD4, (byte) 0xC3, (byte) 0xB2, (byte) 0xA1, 2, 0});
    assertThat(cli.run("run", "--output", output, capture.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(hints()).hasSize(1);
    assertThat(shell(hints().get(0))).containsExactly("found");
  }

  @Test
  void ofDirectoriesThatTheLedgerDoesNotKnow() throws Exception {
    run();
    var other = SampleLogs.directory(Path.of(logs), "o'ther").toString();
    assertThat(cli.run("status", "--state", state, other)).isEqualTo(ExitCode.PROBLEMS);
    assertThat(pasteHint("longline enqueue")).as(cli.err()).isZero();
    assertThat(cli.run("status", "--state", state, other)).isZero();

    var third = SampleLogs.directory(Path.of(logs), "third").toString();
    cli.run("replay", "--state", state, "--hook", "good", third);
    assertThat(pasteHint("longline enqueue")).as(cli.err()).isZero();
  }

  @Test
  void ofReplaying() throws Exception {
    run();
    assertThat(cli.run("dead", "drop", "--state", state)).isZero();
    assertThat(cli.run("replay", "--again", "--state", state, "--hook", "good")).isZero();
    var hints = hints();
    assertThat(hints).singleElement().asString().startsWith("longline replay --again");
    assertThat(run("--without", "bad")).as(cli.err()).isZero();
    assertThat(cli.run(shell(hints.get(0)).toArray(String[]::new))).as(cli.err()).isZero();
    assertThat(cli.out()).contains("1 call is owed now");
  }

  @Test
  void ofPluginsThatAreDisabled() throws Exception {
    run();
    assertThat(cli.run("plugins", "disable", "good", "--state", state)).isZero();
    SampleLogs.directory(Path.of(logs), "later");
    run();
    assertThat(cli.run("config", "--state", state)).isZero();
    assertThat(pasteHint("longline plugins enable")).as(cli.err()).isZero();
    assertThat(pasteHint("longline replay")).as(cli.err()).isZero();
    assertThat(cli.out()).contains("1 call is owed now");
  }
}
