package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to a real process. */
class SignalTest {

  @TempDir Path folder;

  private String output;

  @BeforeEach
  void prepare() throws IOException {
    output = folder.resolve("out").toString();
    new PluginJars(folder.resolve("plugins"))
        .jar("exit.jar")
        .plugin("exit", "1.0.0")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            public class Exit implements ExitHook {
              public void exit(HookContext context) throws Exception { context.output("exit").lines().line("ran"); }
            }
            """)
        .index("test.plugin.Exit")
        .build();
  }

  private void hook(String body) throws IOException {
    new PluginJars(folder.resolve("plugins"))
        .jar("hook.jar")
        .plugin("hook", "1.0.0")
        .source(PluginJars.logHook("Hook", body))
        .index("test.plugin.Hook")
        .build();
  }

  private Program run(Map<String, String> environment, String path) throws IOException {
    return Program.start(
        environment,
        "run",
        "--json",
        "--workers",
        "1",
        "--plugins",
        folder + "/plugins",
        "--output",
        output,
        path);
  }

  private void directories(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SampleLogs.directory(folder, "logs/d" + i);
    }
  }

  private String lastOf(Program program) {
    var lines = program.rest();
    return lines.get(lines.size() - 1);
  }

  /** A hook that signals that it runs, and ends when the file "go" exists. */
  private void waitingHook() throws IOException {
    hook(
        "System.err.println(\"running\"); while (!java.nio.file.Files.exists(java.nio.file.Path.of(\""
            + go()
            + "\"))) { Thread.onSpinWait(); } context.output(\"seen\").lines().line(logs.name());");
  }

  private Path go() {
    return folder.resolve("go");
  }

  @ParameterizedTest
  @ValueSource(strings = {"USR1", "USR2"})
  void userSignalsStopTheIntakeAndFinishTheQueue(String signal) throws Exception {
    waitingHook();
    directories(4);
    try (var program = run(Map.of(), "-")) {
      program.input(folder + "/logs/d0");
      program.input(folder + "/logs/d1");
      program.input(folder + "/logs/d2");
      program.input(folder + "/gone");
      program.awaitErr("running");
      // When this path is reported, those before it are in the queue.
      program.awaitErr("gone: There is no such file");
      program.signal(signal);
      program.awaitErr("SIG" + signal + ": taking nothing new");
      Files.createFile(go());
      var summary = Checkout.json(lastOf(program));
      assertThat(program.exitCode())
          .as("the path that is gone is a problem: " + program.err())
          .isEqualTo(1);
      assertThat(summary.get("directories").asInt()).isEqualTo(3);
      assertThat(summary.get("succeeded").get("hook/Hook").asInt()).isEqualTo(3);
      assertThat(summary.get("exit_succeeded").asInt()).isEqualTo(1);
    }
  }

  /**
   * By default the JVM suspends threads with SIGUSR2; a recording makes it do that all the time.
   */
  @Test
  void aFlightRecordingIsNotMistakenForASignal() throws Exception {
    hook(
        "long end = System.nanoTime() + 3_000_000_000L; while (System.nanoTime() < end) { Thread.onSpinWait(); }");
    directories(1);
    var recording = folder.resolve("recording.jfr");
    var options =
        "-XX:StartFlightRecording=settings=profile,filename="
            + recording
            + " -Xlog:jfr*=off -Xlog:jfr+startup=off";
    try (var program = run(Map.of("LONGLINE_JAVA_OPTS", options), "-")) {
      program.input(folder + "/logs/d0");
      String line = program.readLine();
      while (!line.contains("\"outcome\"")) {
        line = program.readLine();
      }
      assertThat(program.runsFor(1)).as("it waits for more input: " + program.err()).isTrue();
      assertThat(program.err()).doesNotContain("SIGUSR2");
      program.signal("USR2");
      var summary = Checkout.json(lastOf(program));
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(summary.get("directories").asInt()).isEqualTo(1);
      assertThat(program.err()).contains("SIGUSR2: taking nothing new");
    }
    assertThat(recording).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void terminatingSignalsFinishRunningCallsAndRunTheExitHooks(String signal, int exitCode)
      throws Exception {
    waitingHook();
    directories(3);
    try (var program = run(Map.of(), folder + "/logs")) {
      program.awaitErr("running");
      program.signal(signal);
      program.awaitErr("SIG" + signal + ": finishing what runs");
      Files.createFile(go());
      var summary = Checkout.json(lastOf(program));
      assertThat(program.exitCode()).as(program.err()).isEqualTo(exitCode);
      assertThat(summary.get("succeeded").get("hook/Hook").asInt()).isEqualTo(1);
      assertThat(summary.get("directories_not_processed").asInt()).isEqualTo(2);
      assertThat(summary.get("exit_succeeded").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aSecondTerminatingSignalStopsImmediately() throws Exception {
    hook("System.err.println(\"running\"); while (true) { Thread.onSpinWait(); }");
    directories(1);
    try (var program = run(Map.of(), folder + "/logs")) {
      program.awaitErr("running");
      program.signal("TERM");
      program.awaitErr("SIGTERM: finishing what runs. Send it again to stop at once.");
      assertThat(program.runsFor(1)).isTrue();
      program.signal("TERM");
      assertThat(program.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void withoutTheLaunchersVariableSigusr2IsLeftAlone() throws Exception {
    hook("");
    directories(1);
    try (var program =
        Program.start(
            Map.of("_JAVA_SR_SIGNUM", "12"),
            "run",
            "--verbose",
            "--plugins",
            folder + "/plugins",
            "--output",
            output,
            folder + "/logs")) {
      program.rest();
      assertThat(program.exitCode()).isZero();
      assertThat(program.err()).contains("SIGUSR2 is left to the JVM");
    }
  }
}
