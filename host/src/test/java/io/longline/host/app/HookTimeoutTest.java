package io.longline.host.app;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookWarning;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks that take too long, in threads of the host. */
class HookTimeoutTest {

  /** Does not end, whatever happens. */
  private static final String FOR_EVER =
      "for (;;) { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { continue; } }";

  @TempDir Path folder;

  private final RecordingEvents events = new RecordingEvents();
  private PluginJars jars;
  private Path plugins;
  private Path logs;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    logs = Files.createDirectories(folder.resolve("logs"));
    output = folder.resolve("out");
    jars = new PluginJars(plugins);
    for (int i = 1; i <= 5; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
  }

  private void plugin(String id, String className, String source) throws IOException {
    jars.jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  private static String recordHook(String className, String body) {
    return """
        package test.plugin;
        import io.longline.api.*;
        import io.longline.zeek.*;
        public class %s implements RecordHook {
          public Interest interest() { return Interest.in("conn"); }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            var lines = context.output("%s").lines();
            return new RecordSink() {
              int rows;
              public void accept(LogRecord record) throws Exception { rows++; %s }
              public void finish() throws Exception { lines.line(logs.name() + " " + (rows > 0)); }
            };
          }
        }
        """
        .formatted(className, className, body);
  }

  private HostSummary run(int attempts, Duration timeout) throws Exception {
    var host =
        HookHost.start(
            HostSettings.builder(plugins, output)
                .workers(2)
                .hookTimeout(timeout)
                .retries(new RetryPolicy(attempts, Duration.ZERO))
                .listeners(List.of(events))
                .build());
    host.submit(logs);
    host.close();
    return host.summary();
  }

  @Test
  void aCallThatTakesTooLongIsInterrupted() throws Exception {
    plugin("slow", "Slow", logHook("Slow", "Thread.sleep(1_000_000);"));
    plugin("good", "Good", goodHook("Good"));
    var summary = run(1, Duration.ofMillis(200));
    assertThat(summary.calls().succeeded()).containsEntry("good/Good", 5);
    assertThat(summary.calls().failed()).containsOnly(Map.entry("slow/Slow", 5));
    assertThat(summary.troubles().threadsGivenUp()).isEmpty();
    assertThat(events.warnings())
        .hasSize(5)
        .allSatisfy(
            warning -> {
              assertThat(warning.errorClass()).isEqualTo("java.util.concurrent.TimeoutException");
              assertThat(warning.message())
                  .isEqualTo(
                      "It had not ended after 200 ms. It was interrupted, and then it ended.");
              assertThat(warning.stackTrace())
                  .contains("    at test.plugin.Slow.process(")
                  .doesNotContain("    at java.");
            });
  }

  @Test
  void aCallThatSwallowsTheInterruptFails() throws Exception {
    plugin(
        "slow",
        "Slow",
        logHook(
            "Slow",
            "context.output(\"slow\").lines().line(\"half\"); try { Thread.sleep(1_000_000); } catch (InterruptedException e) { }"));
    var summary = run(1, Duration.ofMillis(200));
    assertThat(summary.calls().failed()).containsOnly(Map.entry("slow/Slow", 5));
    assertThat(output.resolve("slow.log")).doesNotExist();
  }

  @Test
  void aCallThatNeverEndsIsGivenUpWithItsThreadAndObject() throws Exception {
    plugin(
        "hangs",
        "Hangs",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Hangs implements LogHook, ExitHook {
          private int calls;
          public void process(LogDirectory logs, HookContext context) throws Exception {
            calls++;
            context.output("hangs").lines().line(logs.name() + " call " + calls);
            if (logs.name().equals("d2")) { %s }
          }
          public void exit(HookContext context) throws Exception {
            context.output("exit").lines().line("calls " + calls);
          }
        }
        """
            .formatted(FOR_EVER));
    plugin("good", "Good", goodHook("Good"));
    var summary = run(1, Duration.ofMillis(300));
    assertThat(summary.calls().succeeded())
        .containsEntry("good/Good", 5)
        .containsEntry("hangs/Hangs", 4);
    assertThat(summary.troubles().threadsGivenUp()).containsOnly(Map.entry("hangs/Hangs", 1));
    assertThat(events.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.message()).contains("its thread was given up");
              assertThat(warning.stackTrace()).contains("test.plugin.Hangs.process");
              assertThat(warning.logDirectory()).hasFileName("d2");
            });
    // The first object saw d1 and d2, the second one the rest, and EXIT.
    assertThat(Files.readAllLines(output.resolve("hangs.log")))
        .containsExactly("d1 call 1", "d3 call 1", "d4 call 2", "d5 call 3");
    assertThat(Files.readAllLines(output.resolve("exit.log"))).containsExactly("calls 3");
  }

  @Test
  void aRecordHookThatNeverEndsLeavesTheScanAndTheOthersContinue() throws Exception {
    plugin(
        "hangs",
        "Hangs",
        recordHook("Hangs", "if (logs.name().equals(\"d2\")) { " + FOR_EVER + " }"));
    plugin("counts", "Counts", recordHook("Counts", ""));
    plugin("reads", "Reads", recordHook("Reads", ""));
    var summary = run(1, Duration.ofMillis(300));
    assertThat(summary.calls().succeeded())
        .containsEntry("counts/Counts", 5)
        .containsEntry("reads/Reads", 5)
        .containsEntry("hangs/Hangs", 4);
    assertThat(events.warnings())
        .singleElement()
        .extracting(HookWarning::hook)
        .isEqualTo("hangs/Hangs");
    for (var name : List.of("Counts", "Reads")) {
      assertThat(Files.readAllLines(output.resolve(name + ".log")))
          .containsExactlyInAnyOrder("d1 true", "d2 true", "d3 true", "d4 true", "d5 true");
    }
    assertThat(Files.readAllLines(output.resolve("Hangs.log"))).hasSize(4);
    assertThat(events.of(HostEvent.ThreadGivenUp.class)).hasSize(1);
  }

  @Test
  void anOpenThatNeverEndsIsGivenUp() throws Exception {
    plugin(
        "hangs",
        "Hangs",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Hangs implements RecordHook {
          public Interest interest() { return Interest.in("conn"); }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception { %s }
        }
        """
            .formatted(FOR_EVER));
    plugin("counts", "Counts", recordHook("Counts", ""));
    var summary = run(1, Duration.ofMillis(100));
    assertThat(summary.calls().succeeded()).containsOnly(Map.entry("counts/Counts", 5));
    assertThat(summary.calls().failed()).containsOnly(Map.entry("hangs/Hangs", 5));
    assertThat(summary.troubles().threadsGivenUp()).containsOnly(Map.entry("hangs/Hangs", 5));
  }

  @Test
  void aSinkThatCannotBeClosedIsGivenUp() throws Exception {
    plugin(
        "hangs",
        "Hangs",
        recordHook("Hangs", "")
            .replace("int rows;", "int rows; public void close() { %s }".formatted(FOR_EVER)));
    plugin("counts", "Counts", recordHook("Counts", ""));
    var summary = run(1, Duration.ofMillis(100));
    assertThat(summary.calls().succeeded()).containsOnly(Map.entry("counts/Counts", 5));
    assertThat(summary.troubles().threadsGivenUp()).containsOnly(Map.entry("hangs/Hangs", 5));
    assertThat(Files.readAllLines(output.resolve("Counts.log"))).hasSize(5);
  }

  @Test
  void aCallThatWritesEndlesslyIsGivenUp() throws Exception {
    plugin(
        "writes",
        "Writes",
        logHook(
            "Writes",
            "for (int i = 0; ; i++) { try { context.output(\"w\" + i % 1000).lines().line(\"x\"); } catch (java.io.IOException e) { } }"));
    plugin("good", "Good", goodHook("Good"));
    var summary = run(1, Duration.ofMillis(100));
    assertThat(summary.calls().succeeded()).containsOnly(Map.entry("good/Good", 5));
    assertThat(summary.calls().failed()).containsOnly(Map.entry("writes/Writes", 5));
    assertThat(output).isDirectoryNotContaining("glob:**/w*.log");
  }

  @Test
  void aConstructorThatNeverEndsBlocksNoOtherHook() throws Exception {
    plugin(
        "hangs",
        "Hangs",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Hangs implements LogHook {
          private static int made;
          public Hangs() { if (made++ > 0) { %s } }
          public void process(LogDirectory logs, HookContext context) throws Exception { %s }
        }
        """
            .formatted(FOR_EVER, FOR_EVER));
    plugin("good", "Good", goodHook("Good"));
    var summary = run(1, Duration.ofMillis(100));
    assertThat(summary.calls().succeeded()).containsOnly(Map.entry("good/Good", 5));
    assertThat(summary.calls().failed()).containsOnly(Map.entry("hangs/Hangs", 5));
  }

  @Test
  void aLateInterruptEndsNoWorker() throws Exception {
    plugin(
        "late",
        "Late",
        logHook(
            "Late",
            "var thread = Thread.currentThread(); new Thread(() -> { for (int i = 0; i < 1000; i++) { thread.interrupt(); Thread.yield(); } }).start();"));
    plugin("good", "Good", goodHook("Good"));
    var summary = run(1, Duration.ofSeconds(30));
    assertThat(summary.directories().finished()).isEqualTo(5);
  }

  @Test
  void anExitHookThatNeverEndsDoesNotKeepTheHostFromClosing() throws Exception {
    plugin(
        "hangs",
        "Hangs",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Hangs implements ExitHook {
          public void exit(HookContext context) throws Exception { %s }
        }
        """
            .formatted(FOR_EVER));
    plugin("good", "Good", goodHook("Good"));
    var summary = run(1, Duration.ofMillis(300));
    assertThat(summary.calls().succeeded()).containsOnly(Map.entry("good/Good", 5));
    assertThat(summary.calls().exits().failed()).isEqualTo(1);
    assertThat(summary.troubles().threadsGivenUp()).containsOnly(Map.entry("hangs/Hangs", 1));
  }
}
