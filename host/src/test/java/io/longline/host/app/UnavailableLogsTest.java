package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.longline.host.configuration.HostSettings;
import io.longline.host.event.HostEvent;
import io.longline.host.intake.LogComparison;
import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.LedgerView;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that are lost before or while their turn comes: no hook is charged, and others continue. */
class UnavailableLogsTest {

  @TempDir Path folder;

  private final RecordingEvents events = new RecordingEvents();
  private Path logs;

  @BeforeEach
  void prepare() throws IOException {
    logs = Files.createDirectories(folder.resolve("logs"));
    Files.createDirectories(folder.resolve("plugins"));
    plugin(
        "Files",
        "LogHook",
        "public void process(LogDirectory logs, HookContext context) throws Exception { context.output(\"seen\").lines().line(logs.name() + \" \" + logs.logs().size()); }");
  }

  private void plugin(String name, String kind, String body) throws IOException {
    new PluginJars(folder.resolve("plugins"))
        .jar(name + ".jar")
        .plugin(name.toLowerCase(Locale.ROOT), "1.0.0")
        .source(
            "package test.plugin; import io.longline.api.*; import java.nio.file.*; public class "
                + name
                + " implements "
                + kind
                + " { "
                + body
                + " }")
        .index("test.plugin." + name)
        .build();
  }

  /** A directory that is in the ledger, as it was when it was accepted. */
  private Path enqueued(String name) throws Exception {
    var directory = SampleLogs.directory(logs, name).toRealPath();
    accept(directory);
    return directory;
  }

  /** Adds a log to a directory. */
  private static void other(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("other.log"),
        "#separator \\x09\n#path\tother\n#fields\tts\n#types\ttime\n1.0\n");
  }

  /** Has the ledger take a directory; returns the number of its logs. */
  private int accept(Path directory) throws Exception {
    var found = LogListing.of(directory, LogProbe.ofKnownNames());
    try (var ledger = SqlLedger.open(location(), LedgerClock.of(Clock.systemUTC()))) {
      ledger
          .batches()
          .acceptFound(
              directory,
              new LogComparison(directory, List.of(), () -> false).of(found),
              Mode.NEW_FILES);
    }
    return found.size();
  }

  private LedgerLocation location() {
    return LedgerLocation.in(folder.resolve("state"));
  }

  private HostSummary work(Path... submitted) throws Exception {
    return work(Set.of(), submitted);
  }

  private HostSummary work(Set<String> isolated, Path... submitted) throws Exception {
    var settings =
        HostSettings.builder(folder.resolve("plugins"), folder.resolve("out"))
            .workers(2)
            .isolated(isolated)
            .ledger(location())
            .retries(new RetryPolicy(1, Duration.ZERO))
            .pausing(new PausePolicy(2, Duration.ofHours(1)))
            .listeners(List.of(events));
    var host = HookHost.start(settings.build());
    for (var each : submitted) {
      host.submit(each);
    }
    host.close();
    return host.summary();
  }

  private List<String> seen() throws IOException {
    var file = folder.resolve("out/seen.log");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private LedgerView.Status status() throws Exception {
    try (var ledger = SqlLedger.open(location(), LedgerClock.of(Clock.systemUTC()))) {
      return ledger.view().status();
    }
  }

  private static void remove(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Test
  void goneLogsAreReportedOnceAndNoHookIsCharged() throws Exception {
    chargesNobody(Set.of());
  }

  @Test
  void goneLogsAreReportedOnceByPluginsInProcesses() throws Exception {
    chargesNobody(Set.of("files"));
  }

  private void chargesNobody(Set<String> isolated) throws Exception {
    for (int i = 0; i < 5; i++) {
      remove(enqueued("gone-" + i));
    }
    enqueued("there");
    var summary = work(isolated);
    assertThat(seen()).hasSize(1).allMatch(line -> line.startsWith("there "));
    assertThat(summary.calls().allFailed()).isZero();
    assertThat(summary.calls().deadLetters()).isZero();
    assertThat(summary.troubles().pausedHooks()).isEmpty();
    assertThat(summary.directories().unavailable()).hasSize(5);
    assertThat(events.of(HostEvent.BatchUnavailable.class)).hasSize(5);
    assertThat(status().batches())
        .containsEntry(BatchState.UNAVAILABLE, 5L)
        .containsEntry(BatchState.DONE, 1L);
    assertThat(Files.readAllLines(folder.resolve("out/warnings.jsonl")))
        .hasSize(5)
        .allMatch(line -> line.contains("UNAVAILABLE_BATCH"));
    assertThat(work(isolated).directories().unavailable()).as("reported once").isEmpty();
  }

  @Test
  void logsThatComeBackAreProcessed() throws Exception {
    var directory = enqueued("back");
    var aside = folder.resolve("aside");
    Files.move(directory, aside);
    work();
    Files.move(aside, directory);
    assertThat(work(directory).isClean()).isTrue();
    assertThat(seen()).hasSize(1);
    assertThat(status().batches()).containsOnlyKeys(BatchState.DONE);
  }

  @Test
  void logsThatComeBackWithAnotherTimeAreProcessedOnce() throws Exception {
    var directory = SampleLogs.directory(logs, "back").toRealPath();
    other(directory);
    accept(directory);
    var aside = folder.resolve("aside");
    Files.move(directory, aside);
    work();
    Files.move(aside, directory);
    Files.setLastModifiedTime(directory.resolve("conn.log"), FileTime.fromMillis(0));
    work(directory);
    assertThat(work(directory).isClean()).isTrue();
    assertThat(seen()).hasSize(1);
    assertThat(status().batches()).containsOnlyKeys(BatchState.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "files"})
  void aLogThatComesBackAfterTheOthersIsProcessed(String isolated) throws Exception {
    var directory = SampleLogs.directory(logs, "part").toRealPath();
    var log = directory.resolve("conn.log");
    other(directory);
    int count = accept(directory);
    var aside = folder.resolve("aside");
    Files.move(log, aside);
    var plugins = isolated.isEmpty() ? Set.<String>of() : Set.of(isolated);
    work(plugins);
    assertThat(work(plugins, directory).isClean()).isTrue();
    Files.move(aside, log);
    work(plugins, directory);
    work(plugins, directory);
    assertThat(seen()).containsExactly("part " + (count - 1), "part 1");
  }

  @Test
  void otherLogsOfTheSameNamesAreNew() throws Exception {
    var directory = enqueued("again");
    remove(directory);
    work();
    SampleLogs.directory(logs, "again");
    Files.writeString(
        directory.resolve("conn.log"), "#separator \\x09\n#fields\tts\n#types\ttime\n1.0\n");
    work(directory);
    assertThat(seen()).hasSize(1);
  }

  @Test
  void aReplayTriesAgain() throws Exception {
    var directory = enqueued("replayed");
    var aside = folder.resolve("aside");
    Files.move(directory, aside);
    work();
    Files.move(aside, directory);
    try (var ledger = SqlLedger.open(location(), LedgerClock.of(Clock.systemUTC()))) {
      assertThat(ledger.batches().replay("files/Files", 0, List.of(directory), false)).isOne();
    }
    work();
    assertThat(seen()).hasSize(1);
  }

  @Test
  void whatIsLeftOfABatchIsProcessedAndTheRestReported() throws Exception {
    var directory = SampleLogs.directory(logs, "half").toRealPath();
    other(directory);
    int count = LogListing.of(enqueued("half"), LogProbe.ofKnownNames()).size();
    Files.delete(directory.resolve("other.log"));
    var summary = work();
    assertThat(seen()).containsExactly("half " + (count - 1));
    assertThat(summary.isClean()).isTrue();
    assertThat(summary.troubles().damagedLogs().get(directory.resolve("other.log")))
        .contains("it is gone");
  }

  @Test
  void logsThatCannotBeReadAreUnavailable() throws Exception {
    var directory = enqueued("secret");
    var log = directory.resolve("conn.log");
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(log), "This user may read everything.");
    var summary = work();
    assertThat(summary.directories().unavailable().get(directory)).contains("permission denied");
    assertThat(summary.calls().allFailed()).isZero();
  }

  @Test
  void logsThatTheSystemCannotReadAreUnavailable() throws Exception {
    var directory = enqueued("broken");
    var log = directory.resolve("conn.log");
    Files.delete(log);
    // Reading its beginning is an input/output error.
    Files.createSymbolicLink(log, Path.of("/proc/self/mem"));
    var summary = work();
    assertThat(summary.directories().unavailable()).containsOnlyKeys(directory);
    assertThat(summary.calls().allFailed()).isZero();
  }

  @Test
  void aLogThatVanishesDuringACallIsNotChargedToItsHook() throws Exception {
    plugin(
        "Vanish",
        "LogHook",
        "public void process(LogDirectory logs, HookContext context) throws Exception { for (var log : logs.logs()) { Files.delete(log.file()); } Files.readString(logs.logs().get(0).file()); }");
    enqueued("vanishes");
    var summary = work();
    assertThat(summary.calls().failed()).doesNotContainKey("vanish/Vanish");
    assertThat(summary.calls().deadLetters()).isZero();
    assertThat(summary.directories().unavailable()).hasSize(1);
  }

  @Test
  void aHookThatFailsByItselfIsChargedThoughALogOfItsBatchWasGoneBefore() throws Exception {
    plugin(
        "Fails",
        "LogHook",
        "public void process(LogDirectory logs, HookContext context) { throw new IllegalStateException(\"mine\"); }");
    var directory = SampleLogs.directory(logs, "part").toRealPath();
    other(directory);
    enqueued("part");
    Files.delete(directory.resolve("other.log"));
    var summary = work();
    assertThat(summary.calls().failed()).containsOnlyKeys("fails/Fails");
    assertThat(summary.calls().deadLetters()).isOne();
    assertThat(summary.troubles().damagedLogs()).containsOnlyKeys(directory.resolve("other.log"));
    assertThat(seen()).hasSize(1);
  }
}
