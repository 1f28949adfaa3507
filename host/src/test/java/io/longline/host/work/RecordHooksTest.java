package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookContext;
import io.longline.api.HookWarning;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.host.call.CallEnvironment;
import io.longline.host.call.Calls;
import io.longline.host.call.ProcessCalls;
import io.longline.host.call.SpareThreads;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.event.HostEvent;
import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.output.HostFiles;
import io.longline.host.output.OpenOutputs;
import io.longline.host.plugins.CalledHook;
import io.longline.host.settings.SecretMask;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.TestHooks;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several hooks that take the records of one scan. */
class RecordHooksTest {

  private static final String CONN =
      "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
          + "#fields\tts\tuid\tid.orig_h\torig_bytes\n#types\ttime\tstring\taddr\tcount\n"
          + "1.5\tC1\t10.0.0.1\t10\n2.5\tC2\t10.0.0.2\t-\n3.5\tC3\t10.0.0.3\tmany\n4.5\tC4\t10.0.0.4\t40\n";

  private static final String FILES =
      "{\"_path\":\"files\",\"ts\":1.0,\"fuid\":\"F1\",\"size\":7}\n{\"_path\":\"files\",\"ts\":2.0,\"fuid\":\"F2\"}\n";

  @TempDir Path folder;

  private final List<Thread> helpers = Collections.synchronizedList(new ArrayList<>());

  /** Two of three workers are idle. */
  private final SpareThreads spare =
      new SpareThreads(
          3,
          1_000,
          task -> {
            var thread = new Thread(task);
            helpers.add(thread);
            return thread;
          });

  private final RecordingEvents events = new RecordingEvents();
  private Path logs;

  @BeforeEach
  void writeLogs() throws IOException {
    logs = Files.createDirectories(folder.resolve("trace"));
    Files.writeString(logs.resolve("conn.log"), CONN);
    Files.writeString(logs.resolve("files.log"), FILES);
  }

  /** A hook that writes the fields it sees to an output of its name. */
  private static class Seeing implements RecordHook {

    private final String name;
    private final Interest interest;
    final List<String> calls = new ArrayList<>();

    Seeing(String name, Interest interest) {
      this.name = name;
      this.interest = interest;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Interest interest() {
      return interest;
    }

    void see(LogRecord record) {
      assertThat(record.size()).isPositive();
    }

    @Override
    public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
      var lines = context.output(name).lines();
      return new RecordSink() {
        @Override
        public void begin(String path) {
          calls.add("begin " + path);
        }

        @Override
        public void accept(LogRecord record) throws Exception {
          see(record);
          var cells = new ArrayList<String>();
          for (int i = 0; i < record.size(); i++) {
            cells.add(record.name(i) + "=" + record.string(i));
          }
          lines.line(String.join(" ", cells));
        }

        @Override
        public void finish() {
          calls.add("finish");
        }

        @Override
        public void close() {
          calls.add("close");
        }
      };
    }
  }

  private static CalledHook installed(RecordHook hook) {
    return TestHooks.called("p/" + hook.name(), 1, hook);
  }

  /** Runs hooks on the directory as a host does that has one worker. */
  private void run(List<? extends RecordHook> hooks) throws Exception {
    var installed = hooks.stream().map(RecordHooksTest::installed).toList();
    var ids = installed.stream().map(CalledHook::id).toArray(String[]::new);
    try (var outputs = OpenOutputs.open(folder.resolve("out"), Clock.systemUTC(), ids)) {
      var calls =
          new Calls(
              new CallEnvironment(
                  outputs.folder()::begin,
                  null,
                  Clock.systemUTC(),
                  System::nanoTime,
                  () -> false,
                  new SecretMask(List.of())),
              events.reports(),
              spare,
              ProcessCalls.none());
      outputs
          .ledger()
          .batches()
          .accept(logs, LogListing.of(logs, LogProbe.ofKnownNames()), BatchLedger.Mode.AGAIN);
      var dispatcher = new Dispatcher(installed, 1, 1);
      outputs.host().claim(1).forEach(dispatcher::offer);
      dispatcher.end();
      try (var committer =
          new Committer(
              outputs.host(),
              HostFiles.of(outputs.files()),
              new OpenClaims(() -> {}),
              events,
              ended -> {},
              Clock.systemUTC(),
              Duration.ZERO)) {
        committer.start(new HostLoops());
        for (var next = dispatcher.take(); next != null; next = dispatcher.take()) {
          scans.add(next.hookIds());
          calls.make(next).forEach(committer::submit);
          dispatcher.end(next);
        }
      }
    }
  }

  private final List<List<String>> scans = new ArrayList<>();

  private List<String> written(String name) throws IOException {
    return Files.readAllLines(folder.resolve("out/" + name + ".log"));
  }

  @Test
  void eachHookSeesTheFieldsItAskedForInItsOrder() throws Exception {
    var both =
        new Seeing("Both", Interest.in("files").fields("size", "fuid").andIn("conn").fields("uid"));
    var bytes = new Seeing("Bytes", Interest.in("conn").fields("orig_bytes", "none", "id.orig_h"));
    var all = new Seeing("All", Interest.in("files"));
    run(List.of(both, bytes, all));
    assertThat(scans).containsExactly(List.of("p/Both", "p/Bytes", "p/All"));
    assertThat(written("Both"))
        .containsExactly(
            "size=7 fuid=F1", "size=null fuid=F2", "uid=C1", "uid=C2", "uid=C3", "uid=C4");
    assertThat(both.calls).containsExactly("begin files", "begin conn", "finish", "close");
    assertThat(written("Bytes"))
        .contains(
            "orig_bytes=10 none=null id.orig_h=10.0.0.1",
            "orig_bytes=null none=null id.orig_h=10.0.0.2");
    assertThat(written("All"))
        .first()
        .asString()
        .contains("ts=1.0")
        .contains("fuid=F1")
        .contains("size=7");
  }

  @Test
  void oneFailingHookOfEightDoesNotAffectTheOthersOutputs() throws Exception {
    var hooks = new ArrayList<Seeing>();
    for (int i = 0; i < 8; i++) {
      boolean fails = i == 3;
      hooks.add(
          new Seeing("H" + i, Interest.in("conn").fields("uid")) {
            @Override
            void see(LogRecord record) {
              if (fails && "C2".equals(record.string(0))) {
                throw new IllegalStateException("on C2");
              }
            }
          });
    }
    run(hooks);
    for (int i = 0; i < 8; i++) {
      if (i != 3) {
        assertThat(written("H" + i)).containsExactly("uid=C1", "uid=C2", "uid=C3", "uid=C4");
      }
    }
    assertThat(folder.resolve("out/H3.log")).doesNotExist();
    assertThat(hooks.get(3).calls)
        .as("closed, not finished")
        .containsExactly("begin conn", "close");
    assertThat(events.warnings())
        .singleElement()
        .extracting(HookWarning::message)
        .isEqualTo("on C2");
    assertThat(events.of(HostEvent.CallEnded.class)).hasSize(8);
  }

  @Test
  void aBadCellIsABadLineForTheHookThatAskedForIt() throws Exception {
    var sum =
        new Seeing("Sum", Interest.in("conn").fields("orig_bytes")) {
          @Override
          void see(LogRecord record) {
            assertThat(record.integer(0, 0)).isNotNegative();
          }
        };
    var uids = new Seeing("Uids", Interest.in("conn").fields("uid"));
    run(List.of(sum, uids));
    assertThat(written("Sum")).hasSize(3);
    assertThat(written("Uids")).hasSize(4);
    assertThat(events.of(HostEvent.LogDamaged.class))
        .singleElement()
        .satisfies(damaged -> assertThat(damaged.report().badLines()).isEqualTo(1));
  }

  @Test
  void hooksWhoseOrdersContradictGetScansOfTheirOwn() throws Exception {
    var first =
        new Seeing("First", Interest.in("files").fields("fuid").andIn("conn").fields("uid"));
    var second =
        new Seeing("Second", Interest.in("conn").fields("uid").andIn("files").fields("fuid"));
    var third = new Seeing("Third", Interest.in("conn").fields("uid"));
    run(List.of(first, second, third));
    assertThat(scans).containsExactlyInAnyOrder(List.of("p/First", "p/Third"), List.of("p/Second"));
    assertThat(written("Second").get(0)).isEqualTo("uid=C1");
    assertThat(written("First").get(0)).isEqualTo("fuid=F1");
  }

  @Test
  void aHookThatCannotOpenAFileOfItsOwnFailsAlone() throws Exception {
    var good = new Seeing("Good", Interest.in("conn").fields("uid"));
    var bad =
        new Seeing("Bad", Interest.in("conn").fields("uid")) {
          @Override
          public RecordSink open(LogDirectory logs, HookContext context) {
            throw new AssertionError("not today");
          }
        };
    run(List.of(bad, good));
    assertThat(written("Good")).hasSize(4);
    assertThat(events.warnings())
        .singleElement()
        .extracting(HookWarning::message)
        .isEqualTo("not today");
  }

  @Test
  void anErrorWhileReadingFailsAllReadingHooksAndClosesTheirSinks() throws Exception {
    var greedy =
        new Seeing("Greedy", Interest.in("conn").fields("uid")) {
          @Override
          void see(LogRecord record) {
            throw new OutOfMemoryError("as if");
          }
        };
    var interrupting =
        new Seeing("Interrupting", Interest.in("conn").fields("uid")) {
          @Override
          public RecordSink open(LogDirectory logs, HookContext context) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
          }
        };
    var good = new Seeing("Good", Interest.in("conn").fields("uid"));
    run(List.of(interrupting, greedy, good));
    assertThat(written("Good")).hasSize(4);
    assertThat(greedy.calls).containsExactly("begin conn", "close");
    assertThat(events.warnings())
        .extracting(HookWarning::message)
        .containsExactlyInAnyOrder("as if", "interrupted");
  }

  /** Rows of a log, each with its number as its uid. */
  private static String rows(int from, int to, String format) {
    return IntStream.range(from, to)
        .mapToObj(i -> format.formatted(i) + "\n")
        .collect(Collectors.joining());
  }

  private static final String ROW = "1.5\tC%d\t10.0.0.1\t1";

  private static String uids(int to) {
    return IntStream.range(0, to).mapToObj(i -> "uid=C" + i).collect(Collectors.joining(","));
  }

  /** A hook that fails if it is called by two threads at once. */
  private static Seeing inAnyOrder(String name) {
    return new Seeing(name, Interest.in("conn").fields("uid").inAnyOrder()) {
      private final AtomicInteger inside = new AtomicInteger();

      @Override
      void see(LogRecord record) {
        int others = inside.getAndIncrement();
        Thread.onSpinWait();
        inside.decrementAndGet();
        assertThat(others).isZero();
      }
    };
  }

  private void assertThatAllWereSeen(String name, int rows) throws IOException {
    var number = Comparator.comparing((String line) -> Integer.parseInt(line.substring(5)));
    assertThat(written(name).stream().sorted(number).collect(Collectors.joining(",")))
        .isEqualTo(uids(rows));
  }

  @Test
  void aLargeFileIsReadBySeveralThreadsIfAllHooksTakeItInAnyOrder() throws Exception {
    var head = CONN.substring(0, CONN.indexOf("1.5"));
    Files.writeString(
        logs.resolve("conn.log"),
        head + rows(0, 20_000, ROW) + "bad\n" + rows(20_000, 30_000, ROW));
    run(List.of(inAnyOrder("One"), inAnyOrder("Two")));
    assertThat(helpers).hasSize(2);
    assertThat(events.warnings()).isEmpty();
    assertThatAllWereSeen("One", 30_000);
    assertThatAllWereSeen("Two", 30_000);
    assertThat(events.of(HostEvent.LogDamaged.class))
        .singleElement()
        .satisfies(
            damaged -> {
              assertThat(damaged.report().rows()).isEqualTo(30_000);
              assertThat(damaged.report().badLines()).isEqualTo(1);
              assertThat(damaged.report().problems().get(0).line()).isEqualTo(20_008);
            });
  }

  @Test
  void aHookThatFailsOnOneOfSeveralThreadsFailsAlone() throws Exception {
    var head = CONN.substring(0, CONN.indexOf("1.5"));
    Files.writeString(logs.resolve("conn.log"), head + rows(0, 30_000, ROW));
    var bad =
        new Seeing("Bad", Interest.in("conn").fields("uid").inAnyOrder()) {
          @Override
          void see(LogRecord record) {
            throw new IllegalStateException("at once");
          }
        };
    run(List.of(bad, inAnyOrder("Good")));
    assertThatAllWereSeen("Good", 30_000);
    assertThat(events.warnings())
        .singleElement()
        .extracting(HookWarning::message)
        .isEqualTo("at once");
    assertThat(bad.calls).containsExactly("begin conn", "close");
  }

  @Test
  void aFileThatAnyHookWantsInOrderIsReadByOneThread() throws Exception {
    var head = CONN.substring(0, CONN.indexOf("1.5"));
    Files.writeString(logs.resolve("conn.log"), head + rows(0, 5_000, ROW));
    var ordered = new Seeing("Ordered", Interest.in("conn").fields("uid"));
    run(List.of(ordered, inAnyOrder("Any")));
    assertThat(helpers).isEmpty();
    assertThat(String.join(",", written("Ordered"))).isEqualTo(uids(5_000));
  }

  @Test
  void aLargeFileWhoseColumnsChangeIsReadAgainByOneThread() throws Exception {
    var head = CONN.substring(0, CONN.indexOf("1.5"));
    var swapped =
        head.replace("ts\tuid", "uid\tts").replace("time\tstring", "string\ttime")
            + rows(10_000, 20_000, "C%d\t1.5\t10.0.0.1\t1");
    Files.writeString(logs.resolve("conn.log"), head + rows(0, 10_000, ROW) + swapped);
    var hook = inAnyOrder("Any");
    run(List.of(hook));
    assertThat(helpers).hasSize(2);
    assertThat(events.warnings()).isEmpty();
    assertThat(events.of(HostEvent.LogDamaged.class)).isEmpty();
    assertThat(String.join(",", written("Any"))).isEqualTo(uids(20_000));
    assertThat(hook.calls).containsExactly("begin conn", "close", "begin conn", "finish", "close");
  }

  @Test
  void writingWhileASinkIsClosedIsTooLate() throws Exception {
    var late =
        new Seeing("Late", Interest.in("conn").fields("uid")) {
          @Override
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            var lines = context.output("late").lines();
            return new RecordSink() {
              @Override
              public void accept(LogRecord record) throws IOException {
                lines.line(String.valueOf(record.string(0)));
              }

              @Override
              public void close() throws IOException {
                lines.line("late");
              }
            };
          }
        };
    run(List.of(late));
    assertThat(written("late")).containsExactly("C1", "C2", "C3", "C4");
    assertThat(events.warnings()).isEmpty();
  }
}
