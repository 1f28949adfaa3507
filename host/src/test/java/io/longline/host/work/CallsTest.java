package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.HookWarning;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.Site;
import io.longline.host.call.Assignment;
import io.longline.host.call.CallEnvironment;
import io.longline.host.call.Calls;
import io.longline.host.call.OpenAssignment;
import io.longline.host.call.ProcessCalls;
import io.longline.host.call.SpareThreads;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.event.Ending;
import io.longline.host.event.HostEvent;
import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.output.HostFiles;
import io.longline.host.output.OpenOutputs;
import io.longline.host.plugins.CalledHook;
import io.longline.host.settings.SecretMask;
import io.longline.host.testing.ManualClock;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import io.longline.host.testing.TestHooks;
import io.longline.zeek.LogSchema;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {

  @TempDir Path folder;

  private final RecordingEvents events = new RecordingEvents();
  private final List<Path> ended = new CopyOnWriteArrayList<>();
  private final ManualClock clock = new ManualClock("2026-11-24T10:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private final ClassLoader pluginLoader = new URLClassLoader(new URL[0]);
  private OpenOutputs outputs;
  private Committer committer;
  private Calls calls;

  @BeforeEach
  void open() throws Exception {
    outputs = OpenOutputs.open(folder.resolve("out"), clock, "p/Hook");
    calls =
        new Calls(
            new CallEnvironment(
                outputs.folder()::begin,
                null,
                clock,
                () -> nanos.addAndGet(5_000_000),
                () -> false,
                new SecretMask(List.of("s3cret"))),
            events.reports(),
            new SpareThreads(1, Thread::new),
            ProcessCalls.none());
    committer = committer();
  }

  private Committer committer() {
    var made =
        new Committer(
            outputs.host(),
            HostFiles.of(outputs.files()),
            new OpenClaims(() -> {}),
            events,
            ended::add,
            clock,
            Duration.ZERO);
    made.start(new HostLoops());
    return made;
  }

  @AfterEach
  void close() throws Exception {
    committer.close();
    outputs.close();
  }

  /** Waits until everything is recorded. */
  private void settle() {
    committer.close();
    committer = committer();
  }

  private CalledHook hook(LogHook object) {
    return TestHooks.called("p/Hook", 1, object, pluginLoader);
  }

  private void process(LogHook object) throws Exception {
    process(object, SampleLogs.directory(folder, "logs"));
  }

  private void process(LogHook object, Path directory) throws Exception {
    outputs
        .ledger()
        .batches()
        .accept(
            directory, LogListing.of(directory, LogProbe.ofKnownNames()), BatchLedger.Mode.AGAIN);
    for (var claim : outputs.host().claim(1)) {
      committer.submit(calls.make(new Assignment(List.of(hook(object)), claim)).get(0));
    }
    settle();
  }

  private HostEvent.CallEnded outcome() {
    assertThat(events.of(HostEvent.CallEnded.class)).as("exactly one outcome").hasSize(1);
    return events.of(HostEvent.CallEnded.class).get(0);
  }

  private HookWarning failure() {
    assertThat(events.warnings()).hasSize(1);
    var warning = events.warnings().get(0);
    assertThat(outcome().ending())
        .isInstanceOfSatisfying(
            Ending.Failed.class, failed -> assertThat(failed.warning()).isEqualTo(warning));
    return warning;
  }

  @Test
  void aCallThatReturnsSucceeds() throws Exception {
    process((logs, context) -> context.output("o").lines().line(logs.name()));
    assertThat(outcome().succeeded()).isTrue();
    assertThat(outcome().ending()).isEqualTo(new Ending.Succeeded(Duration.ofMillis(5)));
    assertThat(events.warnings()).isEmpty();
    assertThat(folder.resolve("out/o.log")).hasContent("logs");
  }

  @Test
  void aCallThatThrowsFailsAndLeavesNoOutput() throws Exception {
    process(
        (logs, context) -> {
          context.output("o").lines().line("gone");
          throw new IllegalStateException("broken");
        });
    var failure = failure();
    assertThat(failure.kind()).isEqualTo(HookWarning.Kind.FAILED);
    assertThat(failure.hook()).isEqualTo("p/Hook");
    assertThat(failure.pluginVersion()).isEqualTo("1.0");
    assertThat(failure.site()).isEqualTo(Site.HOOK);
    assertThat(failure.logDirectory()).isEqualTo(folder.resolve("logs"));
    assertThat(failure.attempt()).isEqualTo(1);
    assertThat(failure.errorClass()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.message()).isEqualTo("broken");
    assertThat(failure.nextStep())
        .contains("It is not tried again after 1 attempt: it is a dead letter");
    assertThat(folder.resolve("out/o.log")).doesNotExist();
  }

  @Test
  void theStackTraceHasTheHooksFramesAndNotTheHosts() throws Exception {
    process(
        (logs, context) -> {
          throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
        });
    assertThat(failure().stackTrace())
        .contains("CallsTest.lambda")
        .contains("Caused by: java.lang.IllegalArgumentException: inner")
        .doesNotContain("host.call.")
        .doesNotContain("java.lang.reflect");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OutOfMemoryError.class,
        StackOverflowError.class,
        AssertionError.class,
        LinkageError.class,
        ThreadDeath.class,
        InterruptedException.class
      })
  void everyThrowableBecomesAnOutcome(Class<? extends Throwable> type) throws Exception {
    process(
        (logs, context) -> {
          CallsTest.<RuntimeException>throwAny(type.getConstructor().newInstance());
        });
    assertThat(failure().errorClass()).isEqualTo(type.getName());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwAny(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void aRealOutOfMemoryErrorAndARealStackOverflowBecomeOutcomes() throws Exception {
    process((logs, context) -> context.warn("" + new long[Integer.MAX_VALUE][1].length));
    process((logs, context) -> recurse(0));
    assertThat(events.of(HostEvent.CallEnded.class))
        .extracting(HostEvent.CallEnded::succeeded)
        .containsExactly(false, false);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  @Test
  void aLinkageErrorHintsAtTheApi() throws Exception {
    process(
        (logs, context) -> {
          throw new NoSuchMethodError("x");
        });
    assertThat(failure().message()).isEqualTo("x (built against another plugin-api?)");
  }

  @Test
  void anExceptionWhoseMethodsThrowBecomesAnOutcome() throws Exception {
    process(
        (logs, context) -> {
          throw new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
              throw new IllegalStateException();
            }

            @Override
            public synchronized Throwable getCause() {
              throw new IllegalStateException();
            }

            @Override
            public StackTraceElement[] getStackTrace() {
              throw new IllegalStateException();
            }

            @Override
            public String toString() {
              throw new IllegalStateException();
            }
          };
        });
    assertThat(failure().message()).contains("getMessage() threw");
  }

  @Test
  void cyclicCausesAndHugeMessagesAreTruncated() throws Exception {
    process(
        (logs, context) -> {
          var one = new RuntimeException("x".repeat(10_000_000));
          var two = new RuntimeException("two", one);
          one.initCause(two);
          throw one;
        });
    assertThat(failure().message()).hasSizeLessThan(5_000);
    assertThat(failure().stackTrace()).hasSizeLessThan(50_000);
  }

  @Test
  void theContextClassLoaderIsThePluginsDuringTheCallOnly() throws Exception {
    var before = Thread.currentThread().getContextClassLoader();
    var seen = new AtomicReference<ClassLoader>();
    process((logs, context) -> seen.set(Thread.currentThread().getContextClassLoader()));
    process(
        (logs, context) -> {
          Thread.currentThread().setContextClassLoader(null);
          throw new IllegalStateException();
        });
    assertThat(seen.get()).isSameAs(pluginLoader);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void anInterruptThatAHookLeavesBehindIsCleared() throws Exception {
    process((logs, context) -> Thread.currentThread().interrupt());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptThatAHookLeavesBehindDoesNotHarmItsOutputs() throws Exception {
    for (int i = 0; i < 3; i++) {
      process(
          (logs, context) -> {
            context.output("o").lines().line("x");
            Thread.currentThread().interrupt();
          });
    }
    assertThat(events.warnings()).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("out/o.log"))).hasSize(3);
  }

  @Test
  void aRemarkIsAWarningAndTheCallSucceeds() throws Exception {
    process((logs, context) -> context.warn("look at this"));
    assertThat(outcome().succeeded()).isTrue();
    assertThat(events.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.kind()).isEqualTo(HookWarning.Kind.REMARK);
              assertThat(warning.message()).isEqualTo("look at this");
              assertThat(warning.errorClass()).isNull();
            });
  }

  @Test
  void aRemarkOfAnyLengthIsCut() throws Exception {
    process((logs, context) -> context.warn("x".repeat(100_000_000)));
    assertThat(events.warnings())
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.message())
                    .hasSizeLessThan(5_000)
                    .endsWith("x… (100000000 characters)"));
  }

  @Test
  void aFloodOfRemarksIsCountedAndNotKept() throws Exception {
    process(
        (logs, context) -> {
          for (int i = 0; i < 100_000; i++) {
            context.warn("remark " + i);
          }
        });
    assertThat(outcome().succeeded()).isTrue();
    assertThat(events.warnings()).hasSize(1_001);
    assertThat(events.warnings().get(1_000).message())
        .isEqualTo("99,000 more remarks of this call are left out: of one call 1,000 are kept.");
  }

  @Test
  void framesAndCausesOfAnyNumberAndLengthAreCut() throws Exception {
    process(
        (logs, context) -> {
          var thrown = new RuntimeException("first");
          var frame = new StackTraceElement("c".repeat(1_000_000), "m", "f".repeat(1_000_000), 1);
          var frames = new StackTraceElement[200_000];
          Arrays.fill(frames, frame);
          thrown.setStackTrace(frames);
          Throwable cause = thrown;
          for (int i = 0; i < 1_000_000; i++) {
            cause = new NoFrames(cause);
          }
          throw (RuntimeException) cause;
        });
    assertThat(failure().stackTrace()).hasSizeLessThan(100_000);
  }

  private static final class NoFrames extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoFrames(Throwable cause) {
      super("further", cause, false, false);
    }
  }

  @Test
  void aCallHasABoundedNumberOfOutputs() throws Exception {
    process(
        (logs, context) -> {
          for (int i = 0; i < 1_000; i++) {
            context.output("o" + i).lines().line("x".repeat(100_000));
          }
          assertThatThrownBy(() -> context.output("one-more").lines())
              .isInstanceOf(IllegalStateException.class)
              .hasMessage(
                  "The output one-more would be one more than the 1,000 that a call may open.");
          assertThatThrownBy(() -> context.output("n".repeat(100_000_000)))
              .hasMessageContaining("has 100000000 characters, and may have 200");
          throw new IllegalStateException("enough");
        });
    assertThat(failure().message()).isEqualTo("enough");
    try (var left = Files.list(folder.resolve("out/.longline/staging"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  @Timeout(120)
  void longRowsTakeLinearTime() throws Exception {
    var cell = "x".repeat(15_000_000);
    var schema = LogSchema.builder("o").field("a", "string").build();
    process(
        (logs, context) -> {
          var rows = context.output("o").rows(schema);
          for (int i = 0; i < 4; i++) {
            rows.row().string(cell).end();
          }
          context.output("l").lines().line(cell + cell);
        });
    assertThat(outcome().succeeded()).isTrue();
    assertThat(Files.size(folder.resolve("out/o.log"))).isBetween(60_000_000L, 60_001_000L);
    assertThat(Files.size(folder.resolve("out/l.log"))).isEqualTo(30_000_001L);
  }

  @Test
  void aContextCannotBeUsedAfterTheCall() throws Exception {
    var kept = new AtomicReference<HookContext>();
    process((logs, context) -> kept.set(context));
    assertThat(kept.get().isCancelled()).isTrue();
    assertThatThrownBy(() -> kept.get().warn("late")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anOutputThatCannotBeWrittenFailsTheCall() throws Exception {
    Files.writeString(folder.resolve("out/o"), "a file");
    process((logs, context) -> context.output("o/p").lines().line("x"));
    assertThat(failure().message()).contains("The output o/p could not be written");
    assertThat(failure().stackTrace()).isEmpty();
  }

  @Test
  void damagedLogsAreReportedOnceForAllHooks() throws Exception {
    var directory = SampleLogs.damagedDirectory(folder, "damaged");
    LogHook reading =
        (logs, context) -> {
          try (var reader = logs.logs("conn").get(0).open("uid")) {
            reader.forEach(record -> record.string(0));
          }
        };
    process(reading, directory);
    process(reading, directory);
    assertThat(events.of(HostEvent.LogDamaged.class))
        .singleElement()
        .satisfies(damaged -> assertThat(damaged.report().badLines()).isEqualTo(1));
  }

  @Test
  void exitCallsAreGuardedLikeOthers() {
    ExitHook exit =
        context -> {
          throw new AssertionError("at exit");
        };
    committer.submit(
        calls.exit(OpenAssignment.atExit(), TestHooks.called("p/Exit", 1, exit, pluginLoader)));
    settle();
    assertThat(failure().site()).isEqualTo(Site.EXIT);
    assertThat(failure().logDirectory()).isNull();
  }

  @Test
  void extractedFilesAreLookedForInTheDirectoryUnlessAFolderIsNamed() throws Exception {
    var directory = SampleLogs.directory(folder, "logs");
    var extract = Files.createDirectories(directory.resolve("extract_files"));
    var seen = new AtomicReference<Path>();
    process((logs, context) -> seen.set(context.extractedFiles().folder().orElseThrow()));
    assertThat(seen.get()).isEqualTo(extract);
    assertThat(LogDirectory.of(directory).logs()).hasSize(1);
  }
}
