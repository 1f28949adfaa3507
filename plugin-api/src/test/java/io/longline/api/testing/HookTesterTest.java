package io.longline.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.PermanentFailureException;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the test kit does not let pass, and the host would not either or would only report. */
class HookTesterTest {

  private static final LocalDate DAY = LocalDate.of(2021, 3, 4);

  @RegisterExtension final LogsFolder logs = new LogsFolder();

  @BeforeEach
  void writeConn() throws IOException {
    logs.add(
        SmallLog.tsv("conn")
            .field("uid", "string")
            .field("id.orig_h", "addr")
            .field("service", "string")
            .row("C1", "10.0.0.1", "dns")
            .row("C2", "10.0.0.2", null));
  }

  /** Does something with the context of a call. */
  @FunctionalInterface
  private interface Body {
    void run(HookContext context) throws Exception;
  }

  private static HookTester calling(Body body) {
    LogHook hook = (directory, context) -> body.run(context);
    return HookTester.of(hook);
  }

  private record Records(Interest interest, Function<HookContext, RecordSink> sinks)
      implements RecordHook {

    @Override
    public RecordSink open(LogDirectory directory, HookContext context) {
      return sinks.apply(context);
    }
  }

  private static HookTester reading(Interest interest, RecordSink sink) {
    return HookTester.of(new Records(interest, context -> sink));
  }

  @Test
  void keepsWhatSuccessfulCallsWriteAndRemark() throws Exception {
    var tester =
        calling(
            context -> {
              context.output("seen").lines().line("attempt " + context.attempt());
              context.warn("look");
            });
    tester.process(logs.path()).attempt(2).process(logs.path());
    assertThat(tester.written("seen")).containsExactly("attempt 1", "attempt 2");
    assertThat(tester.outputs()).containsExactly("seen");
    assertThat(tester.remarks()).containsExactly("look", "look");
  }

  @Test
  void dropsWhatAFailedCallHasWritten() {
    var tester =
        calling(
            context -> {
              context.output("seen").lines().line("lost");
              throw new TimeoutException("on purpose");
            });
    assertThatThrownBy(() -> tester.process(logs.path())).isInstanceOf(TimeoutException.class);
    assertThat(tester.written("seen")).isEmpty();
  }

  @Test
  void refusesWhatTheHostRefusesOfOutputs() {
    var schema = LogSchema.builder("a").field("n", "count").build();
    for (Body body :
        List.<Body>of(
            context -> context.output("../../etc/passwd"),
            context -> context.output("/etc/passwd"),
            context -> context.output("a.log/b"),
            context -> context.output("a.log").daily(),
            context -> context.output("a.log").day(DAY),
            context -> context.output("a").day(LocalDate.of(0, 12, 31)),
            context -> context.output("a").day(LocalDate.of(10_000, 1, 1)),
            context -> context.output("a").lines().line("two\nlines"))) {
      assertThatThrownBy(() -> calling(body).process(logs.path()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Body body :
        List.<Body>of(
            context -> {
              context.output("a").lines().line("x");
              context.output("a").rows(schema);
            },
            context -> {
              context.output("a").rows(schema).row().count(1).end();
              context.output("a").rows(LogSchema.builder("a").field("m", "count").build());
            },
            context -> context.output("a").rows(schema).row().count(1),
            HookTesterTest::openTooManyDays)) {
      assertThatThrownBy(() -> calling(body).process(logs.path()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static void openTooManyDays(HookContext context) throws IOException {
    for (int i = 0; i <= 1_000; i++) {
      context.output("a").day(DAY.plusDays(i)).lines();
    }
  }

  @Test
  void theDaysOfAnOutputAreWrittenTogetherAndEachAlone() throws Exception {
    var tester =
        calling(
            context -> {
              var output = context.output("seen");
              output.day(DAY).lines().line("old");
              output.daily().lines().line("today");
              output.day(DAY).lines().line("old too");
              output.day(LocalDate.EPOCH).lines().line("the same day");
            });
    tester.clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).process(logs.path());
    assertThat(tester.written("seen")).containsExactly("old", "old too", "today", "the same day");
    assertThat(tester.written("seen/2021-03-04")).containsExactly("old", "old too");
    assertThat(tester.written("seen/1970-01-01")).containsExactly("today", "the same day");
    assertThat(tester.written("seen/1970-01-02")).isEmpty();
    assertThat(tester.outputs()).containsExactly("seen");
  }

  @Test
  void nothingCanBeWrittenAfterTheCall() throws Exception {
    var kept = new ArrayList<HookContext>();
    calling(kept::add).process(logs.path());
    var context = kept.get(0);
    assertThatThrownBy(() -> context.output("late").lines()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> context.warn("late")).isInstanceOf(IllegalStateException.class);
    assertThat(context.isCancelled()).isTrue();
  }

  @Test
  void aFieldOrALogThatIsMissingFailsTheTest() throws Exception {
    assertThatThrownBy(
            () ->
                reading(Interest.in("conn").fields("uid", "id.orig_hh"), record -> {})
                    .process(logs.path()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("id.orig_hh of conn")
        .hasMessageContaining("Did you mean id.orig_h?");
    assertThatThrownBy(() -> reading(Interest.in("conn.log"), record -> {}).process(logs.path()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wants the log conn.log")
        .hasMessageContaining("its logs are [conn]");
    reading(Interest.in("dns").ifPresent(), record -> {}).process(logs.path());
    reading(Interest.in("conn").optionalFields("x"), record -> {}).process(logs.path());
    reading(Interest.in("dns").fields("x"), record -> {}).allowMissing().process(logs.path());
    LogHook itself =
        (directory, context) -> {
          try (var reader = directory.logs("conn").get(0).open("uidd")) {
            assertThat(reader.next()).isNotNull();
          }
        };
    assertThatThrownBy(() -> HookTester.of(itself).process(logs.path()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("uidd");
  }

  @Test
  void aBadLineFailsTheTestUnlessItIsAllowed() throws Exception {
    logs.add(
        SmallLog.tsv("conn").field("uid", "string").field("n", "count").row("C1", 1).line("cut"));
    var seen = new ArrayList<String>();
    RecordSink sink = record -> seen.add(record.string(0));
    var interest = Interest.in("conn").fields("uid", "n");
    assertThatThrownBy(() -> reading(interest, sink).process(logs.path()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 bad line")
        .hasMessageContaining("allowBadLines()");
    reading(interest, sink).allowBadLines().process(logs.path());
    assertThat(seen).containsExactly("C1", "C1");
    assertThatThrownBy(() -> reading(interest, record -> record.integer(0)).process(logs.path()))
        .isInstanceOf(ZeekFormatException.class)
        .hasMessageContaining("column uid");
  }

  @Test
  void aHookWhoseEveryRowIsBadFails() throws Exception {
    var log = SmallLog.tsv("conn").field("uid", "string");
    for (int i = 0; i < 10; i++) {
      log.row("C" + i);
    }
    logs.add(log);
    assertThatThrownBy(
            () ->
                reading(Interest.in("conn").fields("uid"), record -> record.integer(0))
                    .allowBadLines()
                    .process(logs.path()))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("10 in all")
        .hasMessageContaining("the column uid with the type string");
  }

  @Test
  void aRecordCannotBeKept() throws Exception {
    var kept = new ArrayList<LogRecord>();
    reading(Interest.in("conn").fields("uid"), kept::add).process(logs.path());
    assertThat(kept).hasSize(2);
    assertThatThrownBy(() -> kept.get(0).string(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keep its values, not the record");
  }

  @Test
  void whatASinkWritesWhenItIsClosedIsTooLate() {
    var hook =
        new Records(
            Interest.in("conn").fields("uid"),
            context ->
                new RecordSink() {
                  @Override
                  public void accept(LogRecord record) {}

                  @Override
                  public void close() throws IOException {
                    context.output("late").lines().line("x");
                  }
                });
    assertThatThrownBy(() -> HookTester.of(hook).process(logs.path()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("after the hook's call had ended");
  }

  @Test
  void elementsCannotBeKeptEither() throws Exception {
    var kept = new ArrayList<LogRecord>();
    reading(Interest.in("conn").fields("uid"), record -> kept.add(record.elements(0)))
        .process(logs.path());
    assertThatThrownBy(() -> kept.get(0).string(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aHookThatReadsItselfAndWhoseEveryRowIsBadFails() throws Exception {
    var log = SmallLog.tsv("conn").field("uid", "string");
    for (int i = 0; i < 10; i++) {
      log.row("C" + i);
    }
    logs.add(log);
    LogHook hook =
        (directory, context) -> {
          try (var reader = directory.logs("conn").get(0).open("uid")) {
            reader.forEach(record -> record.integer(0));
          }
        };
    assertThatThrownBy(() -> HookTester.of(hook).allowBadLines().process(logs.path()))
        .isInstanceOf(PermanentFailureException.class);
  }

  @Test
  void nullInPlaceOfAnInterestOrASinkFailsTheTest() {
    assertThatThrownBy(() -> reading(null, record -> {}).process(logs.path()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("interest() returned null");
    assertThatThrownBy(() -> reading(Interest.in("conn"), null).process(logs.path()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("open() returned null");
  }

  /** A hook that no host would load. */
  private record Unloadable(String name, int maxConcurrency) implements LogHook {

    @Override
    public void process(LogDirectory directory, HookContext context) {}
  }

  @Test
  void aNameOrAConcurrencyThatTheHostRefusesFailsTheTest() {
    assertThat(HookTester.of(new Unloadable("good-1", 2)).outputs()).isEmpty();
    assertThatThrownBy(() -> HookTester.of(new Unloadable("../ bad", 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("name() returned");
    assertThatThrownBy(() -> HookTester.of(new Unloadable("good", 0)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("maxConcurrency() returned 0");
  }

  /** A hook with settings, at both sites. */
  private static final class Configured implements LogHook, ExitHook {

    record Limits(int most) {}

    @Override
    public Class<? extends Record> settings() {
      return Limits.class;
    }

    @Override
    public void process(LogDirectory directory, HookContext context) throws Exception {
      if (context.isCancelled()) {
        throw new TimeoutException("cancelled");
      }
      var lines = context.output("out").lines();
      lines.line(context.settings(Limits.class).most() + " " + context.clock().instant());
    }

    @Override
    public void exit(HookContext context) throws Exception {
      context.output("out").lines().line("exit " + context.attempt());
    }
  }

  @Test
  void givesSettingsClockCancellationAndExit() throws Exception {
    var tester =
        HookTester.of(new Configured())
            .settings(new Configured.Limits(3))
            .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    tester.process(logs.directory()).exit();
    assertThat(tester.written("out")).containsExactly("3 1970-01-01T00:00:00Z", "exit 1");
    assertThatThrownBy(() -> tester.cancelled().process(logs.path()))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> HookTester.of(new Configured()).process(logs.path()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("new Limits(");
    assertThatThrownBy(() -> HookTester.of(new Configured()).settings(new Other()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  record Other() {}
}
