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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real host with few file descriptors, and one whose state folder is taken away. */
class HostLimitsTest {

  private static final long LIMIT_SECONDS = 60;

  @TempDir Path folder;

  private Path plugins;
  private Path logs;
  private Path output;
  private Path state;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    logs = Files.createDirectories(folder.resolve("logs"));
    output = folder.resolve("out");
    state = folder.resolve("state");
  }

  private void plugin(String id, String className, String source) throws IOException {
    new PluginJars(plugins)
        .jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  private HostProcess start(String before, String command, String... more) throws IOException {
    var args =
        new ArrayList<>(
            List.of(
                command,
                "--plugins",
                plugins.toString(),
                "--output",
                output.toString(),
                "--state",
                state.toString()));
    args.addAll(List.of(more));
    args.add(logs.toString());
    return HostProcess.start(before, folder, "256m", args.toArray(String[]::new));
  }

  @Test
  void aHookMayHaveMoreOutputsThanTheProcessHasDescriptors() throws Exception {
    plugin(
        "many",
        "Many",
        logHook(
            "Many",
            """
            for (int i = 0; i < 300; i++) {
              context.output("many-" + i).lines().line(logs.name());
            }"""));
    SampleLogs.directory(logs, "a");
    SampleLogs.directory(logs, "b");
    try (var host = start("ulimit -n 200", "run")) {
      assertThat(host.exitCode()).as(host.printed()).isZero();
    }
    for (int i = 0; i < 300; i++) {
      assertThat(Files.readAllLines(output.resolve("many-" + i + ".log")))
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  /** The first call finds no descriptor, and those that it took are free afterwards. */
  @Test
  void aLackOfDescriptorsIsNotChargedToTheHookThatCameBy() throws Exception {
    plugin(
        "takes",
        "Takes",
        """
        package test.plugin;
        import io.longline.api.*;
        import java.io.*;
        import java.util.*;
        public class Takes implements LogHook {
          private boolean isFirst = true;
          public synchronized void process(LogDirectory logs, HookContext context) throws Exception {
            var all = new ArrayList<Closeable>();
            try {
              while (isFirst) { all.add(new FileInputStream("/dev/null")); }
            } finally {
              isFirst = false;
              for (var each : all) { each.close(); }
            }
          }
        }
        """);
    SampleLogs.directory(logs, "a");
    try (var host = start("ulimit -n 200", "run", "--max-attempts", "1", "--retry-delay", "10ms")) {
      assertThat(host.exitCode()).as(host.printed()).isZero();
      assertThat(host.printed()).contains("calls        1 succeeded, 1 failed");
    }
  }

  @Test
  void aStateFolderThatIsTakenAwayEndsTheHost() throws Exception {
    plugin("good", "Good", goodHook("Good"));
    SampleLogs.directory(logs, "a");
    try (var host = start("true", "watch", "--ready", "quiet:100ms", "--interval", "100ms")) {
      await(output.resolve("seen.log"));
      delete(state);
      SampleLogs.directory(logs, "b");
      assertThat(host.exitCode()).as(host.printed()).isEqualTo(1);
      assertThat(host.printed())
          .contains("ledger.db was removed while this host was using it")
          .contains("move the outputs elsewhere");
    }
    try (var next = start("true", "run")) {
      assertThat(next.exitCode()).isEqualTo(3);
      assertThat(next.printed()).contains("If that ledger is lost, move the outputs elsewhere");
    }
  }

  @Test
  void aWriteAheadLogThatIsTakenAwayEndsTheHost() throws Exception {
    plugin("good", "Good", goodHook("Good"));
    SampleLogs.directory(logs, "a");
    try (var host = start("true", "watch", "--ready", "quiet:100ms", "--interval", "100ms")) {
      await(output.resolve("seen.log"));
      Files.delete(state.resolve("ledger.db-wal"));
      SampleLogs.directory(logs, "b");
      assertThat(host.exitCode()).as(host.printed()).isEqualTo(1);
      assertThat(host.printed()).contains("ledger.db-wal was removed while this host was using it");
    }
  }

  private static void await(Path file) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!Files.exists(file) || Files.size(file) == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void delete(Path root) throws IOException {
    try (var all = Files.walk(root)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
