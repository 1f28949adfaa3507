package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.configuration.HostSettings;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.WindowLedger.WindowStatus;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.testing.AwaitedEvents;
import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks with windows in a whole host, with real jars. */
class WindowHookTest {

  /** Counts rows by protocol; a row of the protocol "fail" makes the first attempt fail. */
  private static final String COUNT =
      """
      package test.plugin;
      import io.longline.api.*;
      import io.longline.zeek.*;
      import java.time.ZoneOffset;
      import java.util.*;
      public class Count implements RecordHook, WindowHook {
        private static final LogFields CONN = LogFields.of("conn");
        private static final TimeField TS = CONN.time("ts");
        private static final StringField PROTO = CONN.string("proto");
        public Interest interest() { return Interest.in(CONN); }
        public List<Windows> windows() { return List.of(WINDOWS); }
        public int partVersion() { return VERSION; }
        public RecordSink open(LogDirectory logs, HookContext context) {
          var part = context.part();
          return new RecordSink() {
            private boolean fails;
            public void accept(LogRecord record) throws Exception {
              part.put(TS.micros(record), "v" + VERSION + " " + PROTO.get(record), new byte[0]);
              fails |= PROTO.get(record).equals("fail") && context.attempt() == 1;
              fails |= PROTO.get(record).equals("always");
            }
            public void finish() {
              if (fails) throw new IllegalStateException("as asked");
            }
          };
        }
        public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
          var lines = context.output("count").lines();
          while (facts.nextKey()) {
            int count = 0;
            while (facts.next()) count++;
            if (facts.key().endsWith("bad")) throw new IllegalStateException("a bad window");
            lines.line(facts.key() + " " + count);
          }
        }
      }
      """;

  @TempDir Path folder;

  private final AwaitedEvents events = new AwaitedEvents();

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("plugins"));
    plugin("1", "Windows.days(ZoneOffset.UTC), Windows.wholeRun()");
  }

  private void plugin(String version, String windows) throws IOException {
    new PluginJars(folder.resolve("plugins"))
        .jar("count.jar")
        .plugin("count", version + ".0.0")
        .source(COUNT.replace("VERSION", version).replace("WINDOWS", windows))
        .index("test.plugin.Count")
        .build();
  }

  /** A directory with a conn.log of these rows, each "2024-04-29T10:00:00Z tcp". */
  private Path logs(String name, String... rows) throws IOException {
    var text =
        new StringBuilder(
            "#separator \\x09\n#path\tconn\n#fields\tts\tproto\n#types\ttime\tstring\n");
    for (var row : rows) {
      int blank = row.indexOf(' ');
      var time = Instant.parse(row.substring(0, blank));
      text.append(time.getEpochSecond())
          .append(".0\t")
          .append(row.substring(blank + 1))
          .append('\n');
    }
    var directory = Files.createDirectories(folder.resolve("logs").resolve(name));
    Files.writeString(directory.resolve("conn.log"), text);
    return directory;
  }

  private HostSettings.Builder settings() {
    return HostSettings.builder(folder.resolve("plugins"), folder.resolve("out"))
        .ledger(LedgerLocation.in(folder.resolve("state")))
        .retries(new RetryPolicy(2, Duration.ofMillis(1)))
        .listeners(List.of(events));
  }

  private HostSummary run(HostSettings.Builder settings, Path... directories) throws Exception {
    var host = HookHost.start(settings.build());
    try (host) {
      for (var directory : directories) {
        host.submit(directory);
      }
    }
    return host.summary();
  }

  private HostSummary run(Path... directories) throws Exception {
    return run(settings(), directories);
  }

  private List<String> count(String window) throws IOException {
    return Files.readAllLines(folder.resolve("out/count/" + window + ".log"));
  }

  private Ledger ledger() throws IOException {
    return SqlLedger.open(
        LedgerLocation.in(folder.resolve("state")), LedgerClock.of(Clock.systemUTC()));
  }

  private List<WindowStatus> windows() throws IOException {
    try (var ledger = ledger()) {
      return ledger.windows().windows(null, 1_000);
    }
  }

  private void awaitWindow(String name) throws InterruptedException {
    events.await(1, HostEvent.CallEnded.class, call -> name.equals(call.window()));
  }

  private int partFiles() throws IOException {
    try (var files = Files.list(folder.resolve("out/.longline/parts"))) {
      return (int) files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void factsOfAllDirectoriesComeTogetherByTheirTimes(boolean isIsolated) throws Exception {
    var summary =
        run(
            settings().isolated(isIsolated ? Set.of("count") : Set.of()),
            logs("a", "2024-04-29T10:00:00Z tcp", "2024-04-30T10:00:00Z tcp"),
            logs("b", "2024-04-29T23:59:59Z tcp", "2024-04-29T23:59:59Z udp"),
            logs("c", "2009-01-01T00:00:00Z tcp"));
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 2", "v1 udp 1");
    assertThat(count("2024-04-30")).containsExactly("v1 tcp 1");
    assertThat(count("2009-01-01")).containsExactly("v1 tcp 1");
    assertThat(count("run")).containsExactly("v1 tcp 4", "v1 udp 1");
    assertThat(summary.directories().finished()).isEqualTo(3);
    assertThat(summary.outputs().bytes())
        .containsEntry(folder.resolve("out/count/run.log").toAbsolutePath(), 18L);
    assertThat(windows()).allMatch(window -> window.state() == BatchState.DONE).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallThatIsMadeAgainCountsOnceAndOneThatFailsDoesNot(boolean isIsolated) throws Exception {
    run(
        settings().isolated(isIsolated ? Set.of("count") : Set.of()),
        logs("a", "2024-04-29T10:00:00Z fail", "2024-04-29T10:00:00Z tcp"),
        logs("b", "2024-04-29T10:00:00Z always", "2024-04-29T10:00:00Z tcp"));
    assertThat(count("2024-04-29")).containsExactly("v1 fail 1", "v1 tcp 1");
  }

  @Test
  void factsThatComeLateReplaceWhatTheWindowHasWritten() throws Exception {
    run(logs("a", "2024-04-29T10:00:00Z tcp"), logs("b", "2024-04-30T10:00:00Z tcp"));
    var other = folder.resolve("out/count/2024-04-30.log");
    var before = Files.getLastModifiedTime(other);
    run(logs("c", "2024-04-29T11:00:00Z udp"));
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 1", "v1 udp 1");
    assertThat(count("run")).containsExactly("v1 tcp 2", "v1 udp 1");
    // Only the windows that have changed are done again.
    assertThat(Files.getLastModifiedTime(other)).isEqualTo(before);
    assertThat(windows()).extracting(WindowStatus::reopened).containsExactly(1L, 1L, 0L);
  }

  /** As when the host takes over what another has left, after it has closed its windows. */
  @Test
  void factsThatComeWhileWindowsAreClosedAtTheEndAreInThem() throws Exception {
    var late = logs("late", "2024-04-29T11:00:00Z udp");
    var isAccepted = new AtomicBoolean();
    EventSink accepting =
        event -> {
          if (event instanceof HostEvent.CallEnded ended
              && ended.window() != null
              && !isAccepted.getAndSet(true)) {
            accept(late);
          }
        };
    run(settings().listeners(List.of(events, accepting)), logs("a", "2024-04-29T10:00:00Z tcp"));
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 1", "v1 udp 1");
    assertThat(count("run")).containsExactly("v1 tcp 1", "v1 udp 1");
  }

  private void accept(Path directory) {
    try (var ledger = ledger()) {
      var real = directory.toRealPath();
      var listing = LogListing.of(real, LogProbe.ofKnownNames());
      ledger.batches().accept(real, listing, Mode.NEW_FILES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void processingADirectoryAgainReplacesItsFacts() throws Exception {
    var directory = logs("a", "2024-04-29T10:00:00Z tcp");
    run(directory, logs("b", "2024-04-29T10:00:00Z tcp"));
    run(settings().mode(Mode.AGAIN), directory);
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 2");
    assertThat(partFiles()).isPositive().isLessThanOrEqualTo(3);
  }

  @Test
  void forgottenFactsAreGone() throws Exception {
    var directory = logs("a", "2024-04-29T10:00:00Z tcp", "2024-05-01T10:00:00Z tcp");
    run(directory, logs("b", "2024-04-29T10:00:00Z udp"));
    try (var ledger = ledger()) {
      assertThat(ledger.batches().forget(directory.toRealPath())).isEqualTo(1);
    }
    run(logs("c", "2024-06-01T10:00:00Z tcp"));
    assertThat(count("2024-04-29")).containsExactly("v1 udp 1");
    assertThat(count("2024-05-01")).isEmpty();
    assertThat(count("run")).containsExactly("v1 tcp 1", "v1 udp 1");
  }

  @Test
  void aWindowWhoseCallFailsIsADeadLetterAndKeepsWhatItHad() throws Exception {
    run(logs("a", "2024-04-29T10:00:00Z tcp"));
    var summary =
        run(
            logs("b", "2024-04-29T10:00:00Z x bad".replace("x bad", "bad")),
            logs("c", "2024-04-30T10:00:00Z tcp"));
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 1");
    assertThat(count("2024-04-30")).containsExactly("v1 tcp 1");
    assertThat(summary.calls().deadLetters()).isEqualTo(2);
    assertThat(windows()).filteredOn(WindowStatus::isDead).hasSize(2);
    assertThat(events.of(HostEvent.HookWarned.class))
        .extracting(warned -> warned.warning().window())
        .contains("2024-04-29", "run");
    // Facts that come open it again, with all its attempts.
    Files.delete(folder.resolve("plugins/count.jar"));
    new PluginJars(folder.resolve("plugins"))
        .jar("count.jar")
        .plugin("count", "1.1.0")
        .source(
            COUNT
                .replace("VERSION", "1")
                .replace("WINDOWS", "Windows.days(ZoneOffset.UTC), Windows.wholeRun()")
                .replace("endsWith(\"bad\")", "endsWith(\"worse\")"))
        .index("test.plugin.Count")
        .build();
    run(logs("d", "2024-04-29T12:00:00Z tcp"));
    assertThat(count("2024-04-29")).containsExactly("v1 bad 1", "v1 tcp 2");
  }

  @Test
  void aVersionWithOtherPartsHasTheDirectoriesProcessedAgain() throws Exception {
    run(logs("a", "2024-04-29T10:00:00Z tcp"), logs("b", "2024-04-30T10:00:00Z tcp"));
    plugin("2", "Windows.days(ZoneOffset.UTC), Windows.wholeRun()");
    run(logs("c", "2024-04-30T11:00:00Z tcp"));
    assertThat(count("2024-04-29")).containsExactly("v2 tcp 1");
    assertThat(count("2024-04-30")).containsExactly("v2 tcp 2");
    assertThat(count("run")).containsExactly("v2 tcp 3");
  }

  @Test
  void aVersionWithOtherWindowsHasTheDirectoriesProcessedAgain() throws Exception {
    run(logs("a", "2024-04-29T10:20:00Z tcp"), logs("b", "2024-04-29T11:20:00Z tcp"));
    plugin("1", "Windows.sliding(java.time.Duration.ofHours(2), java.time.Duration.ofHours(1))");
    run(logs("c", "2024-04-29T12:20:00Z tcp"));
    assertThat(count("2024-04-29T09-2h")).containsExactly("v1 tcp 1");
    assertThat(count("2024-04-29T10-2h")).containsExactly("v1 tcp 2");
    assertThat(count("2024-04-29T11-2h")).containsExactly("v1 tcp 2");
    assertThat(count("2024-04-29T12-2h")).containsExactly("v1 tcp 1");
  }

  @Test
  void aHookThatComesWhileAnotherFolderHasThePartsIsRefused() throws Exception {
    run(logs("a", "2024-04-29T10:00:00Z tcp"));
    Files.delete(folder.resolve("plugins/count.jar"));
    new PluginJars(folder.resolve("plugins"))
        .jar("other.jar")
        .plugin("other", "1.0.0")
        .source(PluginJars.goodHook("Other"))
        .index("test.plugin.Other")
        .build();
    var elsewhere = folder.resolve("elsewhere");
    try (var host = HookHost.start(settings().windows(elsewhere).build())) {
      plugin("1", "Windows.days(ZoneOffset.UTC), Windows.wholeRun()");
      host.updatePlugins();
      assertThat(events.of(HostEvent.PluginTroubled.class))
          .extracting(HostEvent.PluginTroubled::reason)
          .singleElement()
          .asString()
          .contains("in another folder than " + elsewhere, folder.resolve("out").toString());
      assertThat(host.plugins().hooks())
          .extracting(InstalledHook::id)
          .containsExactly("other/Other");
    }
  }

  @Test
  void aVersionThatIsTakenOverHasTheDirectoriesProcessedAgain() throws Exception {
    try (var host = HookHost.start(settings().build())) {
      host.submit(logs("a", "2024-04-29T10:00:00Z tcp"));
      host.submit(logs("b", "2024-04-29T11:00:00Z tcp"));
      plugin("2", "Windows.days(ZoneOffset.UTC), Windows.wholeRun()");
      host.updatePlugins();
      host.submit(logs("c", "2024-04-29T12:00:00Z udp"));
    }
    assertThat(count("2024-04-29")).containsExactly("v2 tcp 2", "v2 udp 1");
    assertThat(count("run")).containsExactly("v2 tcp 2", "v2 udp 1");
  }

  @Test
  void eventTimeClosesWindowsWhileTheHostRuns() throws Exception {
    try (var host =
        HookHost.start(settings().closing(new HostSettings.Closing(false, null)).build())) {
      for (int hour = 0; hour < 24; hour++) {
        var time = "2024-04-29T%02d:30:00Z".formatted(hour);
        host.submit(logs("h" + hour, time + " tcp"));
      }
      assertThat(folder.resolve("out/count/2024-04-29.log")).doesNotExist();
      host.submit(logs("next", "2024-04-30T00:30:00Z tcp"));
      awaitWindow("2024-04-29");
      assertThat(count("2024-04-29")).containsExactly("v1 tcp 24");
    }
    // Closing did not close the others.
    assertThat(folder.resolve("out/count/2024-04-30.log")).doesNotExist();
    assertThat(windows()).filteredOn(window -> window.state() == BatchState.OPEN).hasSize(2);
    run();
    assertThat(count("2024-04-30")).containsExactly("v1 tcp 1");
  }

  @Test
  void windowsWithoutNewFactsAreClosedAfterAWhile() throws Exception {
    var closing = new HostSettings.Closing(false, Duration.ofMillis(1));
    try (var host = HookHost.start(settings().closing(closing).build())) {
      host.submit(logs("a", "2024-04-29T10:00:00Z tcp"));
      awaitWindow("2024-04-29");
    }
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 1");
  }

  @Test
  void partsInAnotherFolderAreNotLost() throws Exception {
    run(logs("a", "2024-04-29T10:00:00Z tcp"));
    assertThatThrownBy(() -> run(settings().windows(folder.resolve("other"))))
        .isInstanceOf(HostRefusedException.class)
        .hasMessageContaining(folder.resolve("out").toString())
        .hasMessageContaining("windows");
  }

  @Test
  void aDamagedPartIsReportedWithItsDirectoryAndMadeAgain() throws Exception {
    var directory = logs("a", "2024-04-29T10:00:00Z tcp");
    run(directory);
    try (var files = Files.list(folder.resolve("out/.longline/parts"))) {
      var file = files.findFirst().orElseThrow();
      var bytes = Files.readAllBytes(file);
      bytes[0] ^= 1;
      Files.write(file, bytes);
    }
    run(logs("b", "2024-04-29T11:00:00Z tcp"));
    assertThat(windows()).filteredOn(WindowStatus::isDead).hasSize(2);
    assertThat(windows().get(0).error()).contains(directory.toRealPath().toString());
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 1");
    run(settings().mode(Mode.AGAIN), directory);
    assertThat(count("2024-04-29")).containsExactly("v1 tcp 2");
    assertThat(String.valueOf(windows()).toLowerCase(Locale.ROOT)).doesNotContain("isdead=true");
  }
}
