package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.event.HostEvent;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.ManualClock;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherTest {

  private static final Readiness QUIET = new Readiness.Quiet(Duration.ofSeconds(60));

  @TempDir Path folder;

  private final RecordingEvents events = new RecordingEvents();
  private final ManualClock clock = new ManualClock("2026-11-24T10:00:00Z");
  private final List<String> taken = new ArrayList<>();
  private Path root;
  private Ledger ledger;
  private Watcher watcher;

  @BeforeEach
  void open() throws Exception {
    root = Files.createDirectories(folder.resolve("root"));
    ledger = SqlLedger.open(LedgerLocation.inMemory(), LedgerClock.of(clock));
    watcher = watcher(QUIET);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(clock.millis());
  }

  private Watcher watcher(Readiness readiness) {
    return new Watcher(
        List.of(new WatchedRoot(root, readiness, null)),
        Readiness.QUIET,
        LogProbe.ofKnownNames(),
        ledger,
        this::take,
        events,
        this::nanos);
  }

  private void take(Path directory, List<FileStamp> logs) throws IOException {
    var acceptance = ledger.batches().accept(directory, logs, BatchLedger.Mode.NEW_FILES);
    if (acceptance.kind() == BatchLedger.Kind.NEW) {
      taken.add(root.relativize(directory) + ": " + logs.stream().map(FileStamp::name).toList());
    }
  }

  private void lookAfter(int seconds) throws IOException {
    clock.advance(Duration.ofSeconds(seconds));
    watcher.look();
  }

  private static void write(Path file) throws IOException {
    var sample = SampleLogs.directory(file.getParent().resolve(".sample"), "x");
    Files.copy(sample.resolve("conn.log"), file);
  }

  @Test
  void takesADirectoryOnceItHasBeenUnchangedForLongEnough() throws Exception {
    SampleLogs.directory(root, "deep/a");
    lookAfter(0);
    lookAfter(59);
    assertThat(taken).isEmpty();
    assertThat(ledger.view().whyWaiting(root.resolve("deep/a"))).contains("unchanged for 60 s");
    Files.writeString(root.resolve("deep/a/conn.log"), "#", StandardOpenOption.APPEND);
    lookAfter(2);
    lookAfter(59);
    assertThat(taken).as("it has changed").isEmpty();
    lookAfter(1);
    assertThat(taken).containsExactly("deep/a: [conn.log]");
    assertThat(ledger.view().whyWaiting(root.resolve("deep/a"))).isNull();
    lookAfter(100);
    assertThat(taken).hasSize(1);
  }

  @Test
  void aFilesOwnTimeDoesNotCount() throws Exception {
    var directory = SampleLogs.directory(root, "a");
    Files.setLastModifiedTime(directory.resolve("conn.log"), FileTime.fromMillis(0));
    lookAfter(0);
    assertThat(taken).isEmpty();
    Files.setLastModifiedTime(
        directory.resolve("conn.log"), FileTime.fromMillis(clock.millis() + 1_000_000_000));
    lookAfter(1);
    lookAfter(60);
    assertThat(taken).hasSize(1);
  }

  @Test
  void newFilesBecomeABatchOfTheirOwn() throws Exception {
    var directory = SampleLogs.directory(root, "a");
    lookAfter(0);
    lookAfter(60);
    write(directory.resolve("dns.log"));
    lookAfter(1);
    lookAfter(60);
    assertThat(taken).containsExactly("a: [conn.log]", "a: [dns.log]");
  }

  @Test
  void takesNoDirectoryAgainAfterARestart() throws Exception {
    SampleLogs.directory(root, "a");
    lookAfter(0);
    lookAfter(60);
    watcher = watcher(QUIET);
    lookAfter(0);
    lookAfter(60);
    assertThat(taken).hasSize(1);
    assertThat(events.of(HostEvent.PathRejected.class)).isEmpty();
  }

  @Test
  void eachHourOfAnArchiveIsABatch() throws Exception {
    var day = Files.createDirectories(root.resolve("2026-11-24"));
    write(day.resolve("conn.10:00:00-11:00:00.log"));
    write(day.resolve("dns.10:00:00-11:00:00.log"));
    lookAfter(0);
    write(day.resolve("conn.11:00:00-12:00:00.log"));
    lookAfter(50);
    lookAfter(10);
    lookAfter(50);
    write(day.resolve("conn.12:00:00-13:00:00.log"));
    lookAfter(1);
    lookAfter(60);
    assertThat(taken)
        .containsExactly(
            "2026-11-24: [conn.10:00:00-11:00:00.log, dns.10:00:00-11:00:00.log]",
            "2026-11-24: [conn.11:00:00-12:00:00.log]",
            "2026-11-24: [conn.12:00:00-13:00:00.log]");
  }

  @Test
  void ignoresCurrentHiddenOutputAndLinkedFolders() throws Exception {
    SampleLogs.directory(root, "current");
    SampleLogs.directory(root, ".hidden");
    SampleLogs.directory(root, "out");
    Files.createDirectories(root.resolve("out/.longline"));
    Files.writeString(Files.createDirectories(root.resolve("other")).resolve("a.pcap"), "x");
    Files.createDirectories(root.resolve("empty"));
    var outside = SampleLogs.directory(folder, "outside");
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("loop"), root);
    Files.createSymbolicLink(root.resolve("nowhere"), folder.resolve("gone"));
    var linked = Files.createDirectories(root.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("conn.log"), outside.resolve("conn.log"));
    for (int i = 0; i < 3; i++) {
      lookAfter(60);
    }
    assertThat(taken).isEmpty();
    assertThat(events.of(HostEvent.PathRejected.class))
        .as("reported once")
        .extracting(HostEvent.PathRejected::path)
        .containsExactlyInAnyOrder(
            root.resolve("link").toString(),
            root.resolve("loop").toString(),
            linked.resolve("conn.log").toString());
  }

  @Test
  void forgetsDirectoriesThatVanish() throws Exception {
    var directory = SampleLogs.directory(root, "a");
    lookAfter(0);
    Files.delete(directory.resolve("conn.log"));
    Files.delete(directory);
    lookAfter(60);
    SampleLogs.directory(root, "a");
    lookAfter(1);
    assertThat(taken).isEmpty();
    lookAfter(60);
    assertThat(taken).hasSize(1);
    var other = Files.move(root, folder.resolve("moved"));
    lookAfter(1);
    assertThat(events.of(HostEvent.PathRejected.class))
        .extracting(HostEvent.PathRejected::path)
        .containsExactly(directory.toString(), root.toString());
    Files.move(other, root);
    lookAfter(60);
    lookAfter(60);
    assertThat(taken).hasSize(1);
  }

  @Test
  void reportsDirectoriesThatVanishBeforeTheyAreComplete() throws Exception {
    var directory = SampleLogs.directory(root, "a");
    lookAfter(0);
    assertThat(ledger.view().whyWaiting(directory)).isNotNull();
    Files.move(directory, folder.resolve("elsewhere"));
    lookAfter(1);
    lookAfter(1);
    assertThat(events.of(HostEvent.PathRejected.class))
        .singleElement()
        .satisfies(gone -> assertThat(gone.reason()).contains("vanished before it was complete"));
    assertThat(ledger.view().whyWaiting(directory)).isNull();
    var done = SampleLogs.directory(root, "b");
    lookAfter(0);
    lookAfter(60);
    assertThat(taken).containsExactly("b: [conn.log]");
    Files.move(done, folder.resolve("archived"));
    lookAfter(1);
    assertThat(events.of(HostEvent.PathRejected.class)).as("b was processed").hasSize(1);
  }

  @Test
  void waitsForAMarker() throws Exception {
    watcher = watcher(new Readiness.Marker("done"));
    var directory = SampleLogs.directory(root, "a");
    lookAfter(1_000);
    assertThat(taken).isEmpty();
    assertThat(ledger.view().whyWaiting(directory)).contains("no file done");
    Files.createFile(directory.resolve("done"));
    lookAfter(0);
    assertThat(taken).containsExactly("a: [conn.log]");
  }

  @Test
  void waitsUntilEveryLogEndsWithClose() throws Exception {
    watcher = watcher(new Readiness.Closed());
    var directory = SampleLogs.directory(root, "a");
    var file = directory.resolve("conn.log");
    var text = Files.readString(file).replaceFirst("#close.*\n", "");
    Files.writeString(file, text);
    lookAfter(1_000);
    assertThat(taken).isEmpty();
    assertThat(ledger.view().whyWaiting(directory)).contains("conn.log does not end with #close");
    Files.writeString(file, text + "#close\t2026-11-24-10-00-00\n");
    lookAfter(0);
    assertThat(taken).containsExactly("a: [conn.log]");
  }

  @Test
  void takesFilesThatZeekHasRotated() throws Exception {
    var elsewhere = SampleLogs.directory(folder, "elsewhere");
    watcher =
        new Watcher(
            List.of(),
            Duration.ofSeconds(1),
            LogProbe.ofKnownNames(),
            ledger,
            this::take,
            events,
            this::nanos);
    ledger.intake().recordRotated(elsewhere.resolve("conn.log"), "t");
    ledger.intake().recordRotated(elsewhere.resolve("gone.log"), "t");
    lookAfter(0);
    assertThat(taken).isEmpty();
    lookAfter(2);
    assertThat(taken).hasSize(1);
    assertThat(events.of(HostEvent.PathRejected.class))
        .singleElement()
        .satisfies(gone -> assertThat(gone.path()).endsWith("gone.log"));
    lookAfter(60);
    assertThat(taken).hasSize(1);
  }
}
