package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.HostProcess;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when code of plugins does not want it to, or wants it too early. */
class ProcessEndTest {

  @TempDir Path folder;

  private Path plugins;
  private Path logs;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    logs = Files.createDirectories(folder.resolve("logs"));
    output = folder.resolve("out");
    plugin("good", "Good", goodHook("Good"));
    for (var name : new String[] {"a", "b", "c"}) {
      SampleLogs.directory(logs, name);
    }
  }

  private void plugin(String id, String className, String source) throws IOException {
    new PluginJars(plugins)
        .jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  private HostProcess run(String heap) throws IOException {
    return HostProcess.start(
        "true",
        folder,
        heap,
        "run",
        "--plugins",
        plugins.toString(),
        "--output",
        output.toString(),
        "--retry-delay",
        "1ms",
        logs.toString());
  }

  @Test
  void aShutdownHookThatHangsKeepsTheProcessForALimitedTime() throws Exception {
    plugin(
        "hangs",
        "Hangs",
        logHook(
            "Hangs",
            """
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
              System.out.println("the hook of the library");
              while (true) { try { Thread.sleep(100_000); } catch (InterruptedException e) { } }
            }));"""));
    try (var host = run("256m")) {
      assertThat(host.exitCode()).as(host.printed()).isZero();
      assertThat(host.printed())
          .contains("3 processed")
          .contains("keeps the process from ending (by a shutdown hook); it is ended after 10 s");
    }
  }

  @Test
  void theExitCodeIsThatOfTheHostIfAShutdownHookEndsTheProcessToo() throws Exception {
    plugin(
        "exits",
        "Exits",
        logHook(
            "Exits",
            "Runtime.getRuntime().addShutdownHook(new Thread(() -> System.exit(0)));"
                + " if (context.attempt() > 0) { throw new IllegalStateException(\"broken\"); }"));
    try (var host = run("256m")) {
      assertThat(host.exitCode()).as(host.printed()).isEqualTo(1);
    }
  }

  @Test
  void aHookThatEndsTheProcessDoesNotEndItWith0() throws Exception {
    plugin("exits", "Exits", logHook("Exits", "System.exit(0);"));
    try (var host = run("256m")) {
      assertThat(host.exitCode()).as(host.printed()).isEqualTo(1);
      assertThat(host.printed()).contains("code of a plugin has ended the process (System.exit).");
    }
  }

  @Test
  void aHookThatEatsTheHeapFailsAndTheOthersAreCalled() throws Exception {
    plugin(
        "eats",
        "Eats",
        logHook(
            "Eats",
            "var all = new java.util.ArrayList<byte[]>(); while (true) { all.add(new byte[1000]); }"));
    try (var host = run("64m")) {
      assertThat(host.exitCode()).as(host.printed()).isEqualTo(1);
      assertThat(host.printed()).contains("OutOfMemoryError");
    }
  }

  /** The heap stays full, so that no thread of the host can do anything any more. */
  @Test
  @Tag("slow")
  void aHeapThatStaysFullEndsTheHostWithAnError() throws Exception {
    plugin(
        "keeps",
        "Keeps",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Keeps implements LogHook {
          static final java.util.List<byte[]> ALL = new java.util.ArrayList<>();
          public void process(LogDirectory logs, HookContext context) {
            while (true) { ALL.add(new byte[1000]); }
          }
        }
        """);
    try (var host = run("64m")) {
      assertThat(host.exitCode()).as(host.printed()).isEqualTo(1);
    }
  }

  @Test
  void threadsThatALibraryLeavesRunningDoNotKeepTheProcess() throws Exception {
    plugin(
        "runs",
        "Runs",
        logHook(
            "Runs",
            "new Thread(() -> { while (true) { Thread.onSpinWait(); Thread.yield(); } }).start();"
                + " if (context.attempt() > 3) { throw new IllegalStateException(); }"));
    try (var host = run("256m")) {
      assertThat(host.exitCode()).as(host.printed()).isZero();
    }
  }
}
