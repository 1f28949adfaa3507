package io.longline.host.app;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.api.HookWarning;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.output.OutputFolder;
import io.longline.host.testing.ManualClock;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole host in this JVM, with real plugin jars. */
class HookHostTest {

  private static final String EXIT_HOOK =
      """
      package test.plugin;
      import io.longline.api.*;
      public class %s implements ExitHook {
        public void exit(HookContext context) throws Exception { %s }
      }
      """;

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
  }

  private void plugin(String id, String className, String source) throws IOException {
    jars.jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + className)
        .build();
  }

  /** The plugins that run in processes of their own. */
  Set<String> isolated() {
    return Set.of();
  }

  private HostSettings.Builder settings() {
    return HostSettings.builder(plugins, output)
        .workers(2)
        .isolated(isolated())
        .retries(new RetryPolicy(1, Duration.ZERO))
        .clock(new ManualClock("2026-11-24T10:00:00Z"))
        .listeners(List.of(events));
  }

  private HostSummary run() throws Exception {
    var host = HookHost.start(settings().build());
    host.submit(logs);
    host.close();
    return host.summary();
  }

  @Test
  void runsEveryHookOnEveryDirectory() throws Exception {
    plugin("one", "One", goodHook("One"));
    plugin("two", "Two", goodHook("Two"));
    SampleLogs.directory(logs, "a");
    SampleLogs.directory(logs, "deep/er/b");
    var summary = run();
    assertThat(summary.directories().finished()).isEqualTo(2);
    assertThat(summary.calls().succeeded())
        .containsOnly(Map.entry("one/One", 2), Map.entry("two/Two", 2));
    assertThat(summary.isSpotless()).isTrue();
    assertThat(Files.readAllLines(output.resolve("seen.log")))
        .containsExactlyInAnyOrder("a", "a", "b", "b");
  }

  /** As if it had been killed there: the next start takes over from the one that ran. */
  @Test
  void aStartThatIsNotRegisteredLeavesTheHostThatWasThereBefore() throws Exception {
    plugin("one", "One", goodHook("One"));
    run();
    var before = lastHost();
    sql("CREATE TRIGGER refuse BEFORE INSERT ON host BEGIN SELECT RAISE(ABORT, 'refused'); END");
    assertThatThrownBy(() -> HookHost.start(settings().build()))
        .isInstanceOf(HostRefusedException.class);
    assertThat(lastHost()).isEqualTo(before);
    sql("DROP TRIGGER refuse");
    run();
    assertThat(lastHost()).isNotEqualTo(before);
  }

  private String lastHost() throws Exception {
    try (var taken = OutputFolder.open(output, false)) {
      return taken.lastHost();
    }
  }

  private void sql(String statement) throws SQLException {
    var ledger = OutputFolder.stateIn(output).resolve("ledger.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        var executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  /**
   * The JDK, the host and plugin-api call and are called by the hook; another thread is its own.
   */
  @Test
  void theStackTraceHasFramesOfThePluginAlone() throws Exception {
    plugin(
        "bad",
        "Bad",
        """
        package test.plugin;
        import io.longline.api.*;
        import java.util.List;
        import java.util.concurrent.*;
        public class Bad implements LogHook {
          record Other(String x) { }
          public void process(LogDirectory logs, HookContext context) throws Exception {
            var pool = Executors.newSingleThreadExecutor();
            try {
              pool.submit(() -> List.of("x").forEach(Integer::parseInt)).get();
            } catch (ExecutionException e) {
              var failure = new IllegalStateException("outer", e);
              try {
                context.settings(Other.class);
              } catch (IllegalArgumentException second) {
                failure.addSuppressed(second);
              }
              throw failure;
            } finally {
              pool.shutdown();
            }
          }
        }
        """);
    SampleLogs.directory(logs, "a");
    run();
    assertThat(events.warnings()).hasSize(1);
    var lines = events.warnings().get(0).stackTrace().lines().toList();
    assertThat(lines)
        .filteredOn(line -> line.startsWith("    at "))
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(line -> line.startsWith("    at test.plugin.Bad."));
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("    at "))
        .containsExactly(
            "java.lang.IllegalStateException: outer",
            "Suppressed: java.lang.IllegalArgumentException: bad/Bad does not declare test.plugin.Bad$Other in settings().",
            "Caused by: java.util.concurrent.ExecutionException: java.lang.NumberFormatException: For input string: \"x\"",
            "Caused by: java.lang.NumberFormatException: For input string: \"x\"");
  }

  /** Two hooks name the file of the day of processing in two ways. */
  @Test
  void outputsAreInTheFilesOfTheDaysThatHooksChoose() throws Exception {
    plugin(
        "days",
        "Days",
        logHook(
            "Days",
            """
            for (var day : java.util.List.of("2009-12-31", "2021-03-04", "2026-11-24")) {
              context.output("seen").day(java.time.LocalDate.parse(day)).lines().line(day);
            }
            """));
    plugin(
        "today",
        "Today",
        logHook("Today", "context.output(\"seen\").daily().lines().line(\"today\");"));
    SampleLogs.directory(logs, "a");
    SampleLogs.directory(logs, "b");
    assertThat(run().isSpotless()).isTrue();
    var seen = output.resolve("seen");
    assertThat(seen.resolve("2009-12-31.log")).hasContent("2009-12-31\n2009-12-31\n");
    assertThat(seen.resolve("2021-03-04.log")).hasContent("2021-03-04\n2021-03-04\n");
    assertThat(Files.readAllLines(seen.resolve("2026-11-24.log")))
        .containsExactlyInAnyOrder("2026-11-24", "2026-11-24", "today", "today");
    assertThat(seen).isDirectoryNotContaining("glob:**-2.log");
  }

  /** Promise 1: a failing hook does not stop anything else. */
  @Test
  void aFailingHookStopsNothingElse() throws Exception {
    plugin("bad", "Bad", logHook("Bad", "throw new OutOfMemoryError(\"not really\");"));
    plugin("exit-bad", "ExitBad", EXIT_HOOK.formatted("ExitBad", "throw new Error(\"at exit\");"));
    plugin(
        "exit-good",
        "ExitGood",
        EXIT_HOOK.formatted("ExitGood", "context.output(\"exit\").lines().line(\"ran\");"));
    plugin("good", "Good", goodHook("Good"));
    SampleLogs.directory(logs, "a");
    SampleLogs.directory(logs, "b");
    var summary = run();
    assertThat(summary.calls().failed()).containsOnly(Map.entry("bad/Bad", 2));
    assertThat(summary.calls().succeeded()).containsOnly(Map.entry("good/Good", 2));
    assertThat(summary.calls().exits().failed()).isEqualTo(1);
    assertThat(summary.calls().exits().succeeded()).isEqualTo(1);
    assertThat(Files.readAllLines(output.resolve("exit.log"))).containsExactly("ran");
    assertThat(summary.calls().failures())
        .extracting(HostSummary.FailureKind::hook, HostSummary.FailureKind::count)
        .containsExactlyInAnyOrder(tuple("bad/Bad", 2), tuple("exit-bad/ExitBad", 1));
    assertThat(summary.isClean()).isFalse();
    assertThat(Files.readAllLines(output.resolve("warnings.jsonl")))
        .hasSize(3)
        .allMatch(line -> line.contains("\"kind\":\"FAILED\""));
    assertThat(events.of(HostEvent.CallEnded.class)).hasSize(6);
  }

  @Test
  void exitHooksRunWithoutHooksForBatches() throws Exception {
    plugin(
        "exit",
        "Exit",
        EXIT_HOOK.formatted("Exit", "context.output(\"exit\").lines().line(\"ran\");"));
    SampleLogs.directory(logs, "a");
    var summary = run();
    assertThat(summary.calls().exits().succeeded()).isEqualTo(1);
    assertThat(summary.directories().finished()).isEqualTo(1);
    assertThat(output.resolve("exit.log")).hasContent("ran");
  }

  @Test
  void oneObjectIsCalledAtAllSitesAndExitOnce() throws Exception {
    plugin(
        "counts",
        "Counts",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Counts implements LogHook, ExitHook {
          private int calls;
          public void process(LogDirectory logs, HookContext context) { calls++; }
          public void exit(HookContext context) throws Exception { context.output("calls").lines().line("" + calls); }
        }
        """);
    for (int i = 0; i < 20; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
    run();
    assertThat(Files.readAllLines(output.resolve("calls.log"))).containsExactly("20");
  }

  @Test
  void aHookThatFailsEverywhereIsPausedAndTheOthersContinue() throws Exception {
    plugin("bad", "Bad", logHook("Bad", "throw new Exception(\"as always\");"));
    plugin("good", "Good", goodHook("Good"));
    for (int i = 0; i < 60; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
    var summary = run();
    assertThat(summary.calls().succeeded()).containsOnly(Map.entry("good/Good", 60));
    assertThat(summary.calls().failed().get("bad/Bad")).isBetween(10, 59);
    assertThat(summary.troubles().pausedHooks()).containsOnlyKeys("bad/Bad");
    assertThat(summary.troubles().pausedHooks().get("bad/Bad"))
        .isEqualTo("It failed on 10 batches in a row, last: as always");
    assertThat(summary.directories().waiting()).isPositive();
    assertThat(summary.isClean()).isFalse();
    assertThat(events.of(HostEvent.HookPaused.class)).hasSize(1);
  }

  /** Whoever submits a path learns what became of it, without being a listener. */
  @Test
  void submittingAnswersWhatCannotBeUsed() throws Exception {
    plugin("one", "One", goodHook("One"));
    SampleLogs.directory(logs, "a");
    SampleLogs.directory(logs, "b");
    var file = Files.writeString(folder.resolve("file"), "text");
    var empty = Files.createDirectories(folder.resolve("empty"));
    var gone = folder.resolve("gone");
    try (var host = HookHost.start(settings().build())) {
      assertThat(host.submit(logs)).isEqualTo(new Submission(2, List.of()));
      assertThat(host.submit(logs.resolve("a")))
          .as("known")
          .isEqualTo(new Submission(1, List.of()));
      assertRejected(host.submit(gone), gone, "There is no such file or folder.");
      assertRejected(host.submit(file), file, "This is a file; name the folder that it is in.");
      assertRejected(host.submit(empty), empty, "It is empty.");
      var bad = host.submit("bad\0path");
      assertThat(bad.isComplete()).isFalse();
      assertThat(bad.rejected().get(0).reason()).startsWith("This is not a valid path");
    }
  }

  private static void assertRejected(Submission submission, Path path, String reason) {
    assertThat(submission)
        .isEqualTo(new Submission(0, List.of(new HostEvent.PathRejected(path.toString(), reason))));
    assertThat(submission.isComplete()).isFalse();
  }

  /** Promise 6: a directory submitted twice is processed once. */
  @Test
  void theSameDirectoryIsProcessedOnce() throws Exception {
    plugin("good", "Good", goodHook("Good"));
    var a = SampleLogs.directory(logs, "a");
    Files.createSymbolicLink(folder.resolve("link"), a);
    try (var host = HookHost.start(settings().build())) {
      host.submit(a);
      host.submit(logs);
      host.submit(folder.resolve("link"));
      host.submit(logs.resolve("../logs/a"));
    }
    assertThat(Files.readAllLines(output.resolve("seen.log"))).containsExactly("a");
    assertThat(events.of(HostEvent.BatchNamedAgain.class)).hasSize(3);
  }

  @Test
  void unusablePathsAreReported() throws Exception {
    plugin("good", "Good", goodHook("Good"));
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(Files.createDirectories(folder.resolve("other")).resolve("a.txt"), "x");
    var host = HookHost.start(settings().build());
    host.submit(folder.resolve("gone"));
    host.submit(folder.resolve("empty"));
    host.submit(folder.resolve("other"));
    host.submit(folder.resolve("other/a.txt"));
    host.submit("bad\0path");
    host.close();
    var rejected = host.summary().troubles().rejectedPaths();
    assertThat(rejected).hasSize(5);
    assertThat(rejected.get(folder.resolve("gone").toString())).contains("no such file");
    assertThat(rejected.get(folder.resolve("empty").toString())).isEqualTo("It is empty.");
    assertThat(rejected.get(folder.resolve("other").toString()))
        .contains("no Zeek log: none of its 1 file");
    assertThat(host.summary().isClean()).isFalse();
  }

  @Test
  void badLinesAndRemarksAreCountedAndChangeNothing() throws Exception {
    plugin(
        "reads",
        "Reads",
        logHook(
            "Reads",
            "context.warn(\"remark\"); for (var f : logs.logs(\"conn\")) try (var r = f.open(\"uid\")) { r.forEach(x -> x.string(0)); }"));
    plugin(
        "reads-too",
        "Reads",
        logHook(
            "Reads",
            "for (var f : logs.logs(\"conn\")) try (var r = f.open()) { r.forEach(x -> {}); }"));
    SampleLogs.damagedDirectory(logs, "a");
    var summary = run();
    assertThat(summary.troubles().badLines()).isEqualTo(1);
    assertThat(summary.troubles().damagedLogs()).hasSize(1);
    assertThat(summary.calls().remarks()).isEqualTo(1);
    assertThat(summary.isClean()).isTrue();
    assertThat(summary.isSpotless()).isFalse();
    assertThat(Files.readAllLines(output.resolve("warnings.jsonl"))).hasSize(2);
  }

  @Test
  void selectsHooksByIdOrPlugin() throws Exception {
    plugin("one", "One", goodHook("One"));
    plugin("two", "Two", goodHook("Two"));
    SampleLogs.directory(logs, "a");
    try (var host = HookHost.start(settings().only(Set.of("one")).build())) {
      assertThat(host.summary().calls().hooks()).containsExactly("one/One");
    }
    output = folder.resolve("out2");
    try (var host = HookHost.start(settings().without(Set.of("one/One")).build())) {
      assertThat(host.summary().calls().hooks()).containsExactly("two/Two");
    }
    assertThatThrownBy(() -> HookHost.start(settings().only(Set.of("three")).build()))
        .isInstanceOf(HostRefusedException.class)
        .hasMessage("There is no hook or plugin three. There are: one, one/One, two, two/Two.");
    assertThatThrownBy(() -> HookHost.start(settings().without(Set.of("one", "two")).build()))
        .isInstanceOf(HostRefusedException.class)
        .hasMessageContaining("No hook is left");
  }

  @Test
  void strictModeRefusesAnyPluginProblem() throws Exception {
    plugin("good", "Good", goodHook("Good"));
    Files.writeString(plugins.resolve("bad.jar"), "x");
    assertThatThrownBy(() -> HookHost.start(settings().strict(true).build()))
        .isInstanceOf(HostRefusedException.class)
        .hasMessageContaining("bad.jar");
    assertThat(output).doesNotExist();
    try (var host = HookHost.start(settings().build())) {
      assertThat(host.summary().isClean()).isFalse();
    }
  }

  @Test
  void refusesToStartWithoutAHook() {
    assertThatThrownBy(() -> HookHost.start(settings().build()))
        .isInstanceOfSatisfying(
            HostRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(HostRefusedException.Reason.NO_HOOK))
        .hasMessageContaining("Drop one in");
  }

  /** A hook that signals that it runs, and continues when it is asked to. */
  private void waitingHook() throws IOException {
    plugin(
        "waits",
        "Waits",
        logHook(
            "Waits",
            "var folder = java.nio.file.Path.of(\""
                + folder
                + "\");"
                + " if (!java.nio.file.Files.exists(folder.resolve(\"running\"))) java.nio.file.Files.createFile(folder.resolve(\"running\"));"
                + " while (!context.isCancelled() && !java.nio.file.Files.exists(folder.resolve(\"go\"))) Thread.onSpinWait();"
                + " context.output(\"waited\").lines().line(logs.name());"));
  }

  private void awaitRunning() {
    var running = folder.resolve("running");
    while (!Files.exists(running)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void stoppingTheQueueLeavesAndReportsQueuedDirectories() throws Exception {
    waitingHook();
    for (int i = 0; i < 5; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
    var host = HookHost.start(settings().build());
    host.submit(logs);
    awaitRunning();
    host.stopQueue();
    Files.createFile(folder.resolve("go"));
    host.close();
    assertThat(host.summary().calls().allSucceeded()).isEqualTo(1);
    assertThat(host.summary().directories().abandoned()).hasSize(4);
    assertThat(host.summary().isClean()).isFalse();
    assertThatThrownBy(() -> host.submit(logs)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInterruptedCloseAsksRunningHooksToEndAndWaitsForThem() throws Exception {
    waitingHook();
    plugin(
        "exit",
        "Exit",
        EXIT_HOOK.formatted("Exit", "context.output(\"exit\").lines().line(\"ran\");"));
    for (int i = 0; i < 5; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
    var host = HookHost.start(settings().build());
    host.submit(logs);
    awaitRunning();
    Thread.currentThread().interrupt();
    host.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(host.summary().calls().failures()).isEmpty();
    assertThat(Files.readAllLines(output.resolve("waited.log"))).hasSize(1);
    assertThat(output.resolve("exit.log")).hasContent("ran");
  }

  @Test
  void outputsAreEndedBeforePluginsAreUnloaded() throws Exception {
    jars.jar("classy.jar")
        .plugin("classy", "1.0.0")
        .manifest("Plugin-Class", "test.plugin.Classy")
        .source(
            """
            package test.plugin;
            import java.nio.file.*;
            public class Classy extends org.pf4j.Plugin {
              public void stop() {
                try { Files.copy(Path.of("%s"), Path.of("%s")); } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
              }
            }
            """
                .formatted(output.resolve("rows.log"), folder.resolve("seen-at-stop")))
        .source(
            logHook(
                "Rows",
                "context.output(\"rows\").rows(io.longline.zeek.LogSchema.builder(\"rows\").field(\"a\", \"string\").build()).row().string(\"x\").end();"))
        .index("test.plugin.Rows")
        .build();
    SampleLogs.directory(logs, "a");
    run();
    assertThat(folder.resolve("seen-at-stop")).content().contains("#close");
  }

  @Test
  void aListenerThatThrowsHarmsNothing() throws Exception {
    plugin("good", "Good", goodHook("Good"));
    SampleLogs.directory(logs, "a");
    var host =
        HookHost.start(
            settings()
                .listeners(
                    List.of(
                        event -> {
                          throw new AssertionError("listener");
                        },
                        events))
                .build());
    host.submit(logs);
    host.close();
    assertThat(events.of(HostEvent.CallEnded.class)).hasSize(1);
  }

  @Test
  void warningsHoldNoClassOfThePlugin() throws Exception {
    plugin(
        "custom",
        "Custom",
        logHook("Custom", "throw new Oops();")
            .replace("public void", "static class Oops extends RuntimeException {}\n public void"));
    SampleLogs.directory(logs, "a");
    run();
    assertThat(events.warnings())
        .singleElement()
        .extracting(HookWarning::errorClass)
        .isEqualTo("test.plugin.Custom$Oops");
  }

  @Test
  void aCopyOfAJarIsPassedOverAndNothingRunsTwice() throws Exception {
    plugin("one", "One", goodHook("One"));
    Files.copy(plugins.resolve("one.jar"), plugins.resolve("one-1.0.0.jar"));
    SampleLogs.directory(logs, "a");
    var summary = run();
    assertThat(summary.calls().hooks()).containsExactly("one/One");
    assertThat(Files.readAllLines(output.resolve("seen.log"))).containsExactly("a");
    assertThat(events.of(HostEvent.PluginPassedOver.class)).hasSize(1);
  }
}
