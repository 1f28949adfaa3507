package io.longline.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Combiner;
import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.Output;
import io.longline.api.Part;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Windows in the test kit. */
class HookTesterWindowsTest {

  private static final Windows DAYS = Windows.days(ZoneOffset.UTC);
  private static final Windows SLIDING = Windows.sliding(Duration.ofHours(2), Duration.ofHours(1));

  @RegisterExtension final LogsFolder logs = new LogsFolder();

  private static long at(String time) {
    return TimeUnit.SECONDS.toMicros(Instant.parse(time).getEpochSecond());
  }

  /** Does something with the context of a call on a batch. */
  @FunctionalInterface
  private interface Batch {
    void run(HookContext context) throws Exception;
  }

  /** Does something with a window. */
  @FunctionalInterface
  private interface Closing {
    void run(Window window, WindowFacts facts, HookContext context) throws Exception;
  }

  /** A hook that does one thing with each batch after the other, and the same with all windows. */
  private record Scripted(
      @Nullable List<Windows> windows,
      @Nullable Combiner combiner,
      Queue<Batch> batches,
      Closing closing)
      implements LogHook, WindowHook, ExitHook {

    @Override
    public void process(LogDirectory directory, HookContext context) throws Exception {
      batches.remove().run(context);
    }

    @Override
    public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
      closing.run(window, facts, context);
    }

    @Override
    public void exit(HookContext context) {
      context.part();
    }
  }

  private static HookTester tester(
      Windows windows, @Nullable Combiner combiner, Closing closing, Batch... batches) {
    return HookTester.of(
        new Scripted(List.of(windows), combiner, new ArrayDeque<>(List.of(batches)), closing));
  }

  private HookTester processed(HookTester tester, int batches) throws Exception {
    for (int i = 0; i < batches; i++) {
      tester.process(logs.path());
    }
    return tester;
  }

  /** Writes each fact as a line. */
  private static final Closing LIST =
      (window, facts, context) -> {
        var lines = context.output("facts").lines();
        while (facts.nextKey()) {
          while (facts.next()) {
            var time = Instant.EPOCH.plusMillis(facts.time() / 1_000);
            lines.line(facts.key() + " " + time + " " + List.of(boxed(facts.value())));
          }
        }
      };

  private static Byte[] boxed(byte[] bytes) {
    var boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return boxed;
  }

  @Test
  void closesEachWindowWithTheSortedFactsOfAllBatches() throws Exception {
    var tester =
        tester(
            DAYS,
            null,
            LIST,
            context -> {
              var part = context.part();
              assertThat(context.part()).isSameAs(part);
              part.put(at("2024-01-31T05:00:00Z"), "b", new byte[] {1});
              part.put(at("2024-02-01T00:00:00Z"), "b", new byte[] {2});
              part.put(at("2024-01-31T23:00:00Z"), "a", new byte[] {3});
            },
            context -> {
              var part = context.part();
              part.put(at("2024-01-31T04:00:00Z"), "b", new byte[] {4});
              part.put(at("2024-01-31T05:00:00Z"), "b", new byte[] {-1});
              part.put(at("2024-01-31T05:00:00Z"), "b", new byte[0]);
              // A byte of the key above 127 comes last.
              part.put(at("2024-01-31T00:00:00Z"), "é", new byte[] {5});
            });
    processed(tester, 2).closeWindows();
    assertThat(tester.written("facts/2024-01-31"))
        .containsExactly(
            "a 2024-01-31T23:00:00Z [3]",
            "b 2024-01-31T04:00:00Z [4]",
            "b 2024-01-31T05:00:00Z []",
            "b 2024-01-31T05:00:00Z [1]",
            "b 2024-01-31T05:00:00Z [-1]",
            "é 2024-01-31T00:00:00Z [5]");
    assertThat(tester.written("facts/2024-02-01")).containsExactly("b 2024-02-01T00:00:00Z [2]");
    assertThat(tester.outputs()).containsExactly("facts/2024-01-31", "facts/2024-02-01");
  }

  @Test
  void closesWindowsInOrderOfTheirStarts() throws Exception {
    var closed = new ArrayList<String>();
    var hook =
        new Scripted(
            List.of(SLIDING, DAYS, Windows.wholeRun()),
            null,
            new ArrayDeque<>(
                List.<Batch>of(
                    context -> {
                      context.part().put(at("2024-01-31T00:30:00Z"), "a", new byte[0]);
                      context.part().put(at("2024-01-30T23:30:00Z"), "a", new byte[0]);
                    })),
            (window, facts, context) -> closed.add(window.name()));
    processed(HookTester.of(hook), 1).closeWindows();
    assertThat(closed)
        .containsExactly(
            "run",
            "2024-01-30",
            "2024-01-30T22-2h",
            "2024-01-30T23-2h",
            "2024-01-31T00-2h",
            "2024-01-31");
  }

  @Test
  void closingAgainReplacesWhatAWindowHasWritten() throws Exception {
    var tester =
        tester(
            DAYS,
            null,
            (window, facts, context) -> {
              int count = 0;
              while (facts.nextKey()) {
                while (facts.next()) {
                  count++;
                }
              }
              context.output(count == 1 ? "one" : "more").lines().line("" + count);
            },
            context -> context.part().put(at("2024-01-31T05:00:00Z"), "a", new byte[0]),
            context -> context.part().put(at("2024-01-31T06:00:00Z"), "a", new byte[0]));
    processed(tester, 1).closeWindows();
    assertThat(tester.outputs()).containsExactly("one/2024-01-31");
    processed(tester, 1).closeWindows();
    assertThat(tester.outputs()).containsExactly("more/2024-01-31");
    assertThat(tester.written("one/2024-01-31")).isEmpty();
    assertThat(tester.written("more/2024-01-31")).containsExactly("2");
  }

  @Test
  void dropsThePartOfAFailedCallAndTheOutputOfAFailedClosing() throws Exception {
    var failing = new ArrayList<String>();
    var tester =
        tester(
            DAYS,
            null,
            (window, facts, context) -> {
              LIST.run(window, facts, context);
              if (failing.contains(window.name())) {
                context.output("facts").lines().line("lost");
                throw new TimeoutException("on purpose");
              }
            },
            context -> {
              context.part().put(at("2024-01-30T05:00:00Z"), "a", new byte[0]);
              throw new TimeoutException("on purpose");
            },
            context -> context.part().put(at("2024-01-31T05:00:00Z"), "a", new byte[0]));
    assertThatThrownBy(() -> tester.process(logs.path())).isInstanceOf(TimeoutException.class);
    processed(tester, 1).closeWindows();
    failing.add("2024-01-31");
    assertThatThrownBy(tester::closeWindows).isInstanceOf(TimeoutException.class);
    assertThat(tester.outputs()).containsExactly("facts/2024-01-31");
    assertThat(tester.written("facts/2024-01-31")).containsExactly("a 2024-01-31T05:00:00Z []");
  }

  private record Count(long number) {
    Count plus(Count other) {
      return new Count(number + other.number);
    }

    static Count sum(WindowFacts facts) throws IOException {
      var sum = new Count(0);
      while (facts.next()) {
        sum = sum.plus(facts.value(Count.class));
      }
      return sum;
    }
  }

  /** Puts the numbers as facts of the key {@code a}, one each minute. */
  private static Batch counts(String start, long... numbers) {
    return context -> {
      long time = at(start);
      for (long number : numbers) {
        context.part().put(time, "a", new Count(number));
        time += TimeUnit.MINUTES.toMicros(1);
      }
    };
  }

  @Test
  void theCombinerMakesOneValueOfThoseOfAPane() throws Exception {
    var seen = new ArrayList<String>();
    Closing closing =
        (window, facts, context) -> {
          while (facts.nextKey()) {
            while (facts.next()) {
              seen.add(
                  "%s %s %d"
                      .formatted(
                          window.name(),
                          Instant.EPOCH.plusMillis(facts.time() / 1_000),
                          facts.value(Count.class).number()));
            }
          }
        };
    var tester =
        tester(
            SLIDING,
            Combiner.of(Count.class, Count::plus),
            closing,
            // The second pane begins at six o'clock.
            counts("2024-01-31T05:58:00Z", 1, 2, 4, 8),
            counts("2024-01-31T05:00:00Z", 16));
    processed(tester, 2).closeWindows();
    assertThat(seen)
        .containsExactly(
            "2024-01-31T04-2h 2024-01-31T05:00:00Z 16",
            "2024-01-31T04-2h 2024-01-31T05:59:00Z 3",
            "2024-01-31T05-2h 2024-01-31T05:00:00Z 16",
            "2024-01-31T05-2h 2024-01-31T05:59:00Z 3",
            "2024-01-31T05-2h 2024-01-31T06:01:00Z 12",
            "2024-01-31T06-2h 2024-01-31T06:01:00Z 12");
  }

  @Test
  void aHookThatCountsFactsWhereTheyAreCombinedWritesAnotherNumber() throws Exception {
    Closing wrong =
        (window, facts, context) -> {
          while (facts.nextKey()) {
            int count = 0;
            while (facts.next()) {
              count++;
            }
            context.output("n").lines().line("" + count);
          }
        };
    Closing right =
        (window, facts, context) -> {
          while (facts.nextKey()) {
            context.output("n").lines().line("" + Count.sum(facts).number());
          }
        };
    var sum = Combiner.of(Count.class, Count::plus);
    var batch = counts("2024-01-31T05:00:00Z", 1, 1, 1);
    assertThat(processed(tester(DAYS, sum, wrong, batch), 1).closeWindows().written("n/2024-01-31"))
        .containsExactly("1");
    assertThat(processed(tester(DAYS, sum, right, batch), 1).closeWindows().written("n/2024-01-31"))
        .containsExactly("3");
  }

  @Test
  void aCombinerWhoseResultDependsOnTheOrderFailsTheTest() {
    for (Combiner bad :
        List.<Combiner>of(
            (one, other) -> one,
            Combiner.of(Count.class, (one, other) -> new Count(one.number() - other.number())),
            // It does not matter which is first, but how three are put in brackets.
            Combiner.of(
                Count.class, (one, other) -> new Count((one.number() + other.number()) / 2)))) {
      var tester = tester(DAYS, bad, LIST, counts("2024-01-31T05:00:00Z", 16, 2, 4));
      assertThatThrownBy(() -> tester.process(logs.path()))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the combiner of Scripted")
          .hasMessageContaining("the 3 values of the key a");
      assertThat(tester.outputs()).isEmpty();
    }
    var none = tester(DAYS, (one, other) -> null, LIST, counts("2024-01-31T05:00:00Z", 1, 2));
    assertThatThrownBy(() -> none.process(logs.path()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("returned null");
  }

  @Test
  void refusesWhatThePartsOfTheHostRefuse() {
    long time = at("2024-01-31T05:00:00Z");
    for (var bad :
        List.<Batch>of(
            context -> context.part().put(Long.MAX_VALUE, "a", new byte[0]),
            context -> context.part().put(time, new byte[Part.MAX_KEY_BYTES + 1], new byte[0]),
            context -> context.part().put(time, "ł".repeat(Part.MAX_KEY_BYTES), new byte[0]),
            context -> context.part().put(time, "a", new byte[Part.MAX_VALUE_BYTES + 1]),
            context -> context.part().put(time, "a", new Scripted(null, null, null, null)),
            context -> {
              for (int i = 0; i <= Part.MAX_SPANS; i++) {
                context.part().put(time + TimeUnit.HOURS.toMicros(i), "a", new byte[0]);
              }
            })) {
      assertThatThrownBy(() -> tester(SLIDING, null, LIST, bad).process(logs.path()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void takesTheLongestKeysAndValuesAndCopiesThem() throws Exception {
    var key = new byte[Part.MAX_KEY_BYTES];
    var value = new byte[Part.MAX_VALUE_BYTES];
    var seen = new ArrayList<Boolean>();
    var tester =
        tester(
            Windows.wholeRun(),
            null,
            (window, facts, context) -> {
              while (facts.nextKey()) {
                assertThat(facts.keyBytes()).isEqualTo(new byte[Part.MAX_KEY_BYTES]);
                seen.add(facts.next());
                facts.value()[0] = 7;
                assertThat(facts.value()).isEqualTo(new byte[Part.MAX_VALUE_BYTES]);
              }
            },
            context -> {
              for (int i = 0; i <= Part.MAX_SPANS; i++) {
                // The whole run is one span of time.
                context.part().put(TimeUnit.DAYS.toMicros(i), key, i == 0 ? value : new byte[0]);
              }
              key[0] = 1;
              value[0] = 1;
            });
    processed(tester, 1).closeWindows();
    assertThat(seen).containsExactly(true);
  }

  @Test
  void theCursorRefusesToBeAskedBeforeItStandsSomewhereAndAfterTheCall() throws Exception {
    var kept = new ArrayList<WindowFacts>();
    var tester =
        tester(
            DAYS,
            null,
            (window, facts, context) -> {
              assertThatThrownBy(facts::key).isInstanceOf(IllegalStateException.class);
              assertThatThrownBy(facts::next).isInstanceOf(IllegalStateException.class);
              assertThat(facts.nextKey()).isTrue();
              assertThat(facts.key()).isEqualTo("a");
              assertThatThrownBy(facts::value).isInstanceOf(IllegalStateException.class);
              assertThat(facts.nextKey()).isTrue();
              assertThat(facts.key()).isEqualTo("b");
              assertThat(facts.next()).isTrue();
              assertThat(facts.time()).isEqualTo(at("2024-01-31T05:00:00Z"));
              assertThatThrownBy(() -> facts.value(Count.class))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("partVersion()");
              assertThat(facts.next()).isFalse();
              assertThat(facts.next()).isFalse();
              assertThatThrownBy(facts::time).isInstanceOf(IllegalStateException.class);
              assertThat(facts.nextKey()).isFalse();
              assertThat(facts.nextKey()).isFalse();
              assertThatThrownBy(facts::key).isInstanceOf(IllegalStateException.class);
              kept.add(facts);
            },
            context -> {
              for (var key : List.of("a", "a", "b")) {
                context.part().put(at("2024-01-31T05:00:00Z"), key, new byte[0]);
              }
            });
    processed(tester, 1).closeWindows();
    assertThatThrownBy(() -> kept.get(0).nextKey()).isInstanceOf(IOException.class);
  }

  @Test
  void thereIsAPartOnlyInACallOnABatchOfAWindowHook() throws Exception {
    Batch puts = context -> context.part().put(at("2024-01-31T05:00:00Z"), "a", new byte[0]);
    var tester = tester(DAYS, null, (window, facts, context) -> context.part(), puts);
    processed(tester, 1);
    assertThatThrownBy(tester::closeWindows)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only while it is called with a batch");
    assertThatThrownBy(tester::exit).isInstanceOf(IllegalStateException.class);
    LogHook other = (directory, context) -> context.part();
    assertThatThrownBy(() -> HookTester.of(other).process(logs.path()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not implement WindowHook");
    assertThatThrownBy(() -> HookTester.of(other).closeWindows())
        .isInstanceOf(IllegalStateException.class);
    var kept = new ArrayList<Part>();
    processed(tester(DAYS, null, LIST, context -> kept.add(context.part())), 1);
    assertThatThrownBy(() -> kept.get(0).put(0, "late", new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("after the hook's call had ended");
  }

  @Test
  void refusesOutputsThatAWindowCannotHave() throws Exception {
    Batch puts = context -> context.part().put(at("2024-01-31T05:00:00Z"), "a", new byte[0]);
    for (var daily :
        List.<UnaryOperator<Output>>of(Output::daily, output -> output.day(LocalDate.EPOCH))) {
      Closing closing = (window, facts, context) -> daily.apply(context.output("a")).lines();
      var tester = processed(tester(DAYS, null, closing, puts), 1);
      assertThatThrownBy(tester::closeWindows)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a/2024-01-31")
          .hasMessageContaining("daily()");
    }
    for (var name : List.of("a.log", "x".repeat(195), "../a")) {
      var tester =
          tester(DAYS, null, (window, facts, context) -> context.output(name).lines(), puts);
      processed(tester, 1);
      assertThatThrownBy(tester::closeWindows).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A hook whose sink puts a fact when it is closed. */
  private record Late() implements RecordHook, WindowHook {

    @Override
    public List<Windows> windows() {
      return List.of(DAYS);
    }

    @Override
    public Interest interest() {
      return Interest.in("conn").ifPresent();
    }

    @Override
    public RecordSink open(LogDirectory directory, HookContext context) {
      return new RecordSink() {
        @Override
        public void accept(LogRecord record) {}

        @Override
        public void close() throws IOException {
          context.part().put(0, "late", new byte[0]);
        }
      };
    }

    @Override
    public void close(Window window, WindowFacts facts, HookContext context) {}
  }

  @Test
  void whatASinkPutsWhenItIsClosedIsTooLate() {
    assertThatThrownBy(() -> HookTester.of(new Late()).process(logs.path()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("The part of Late was used after the hook's call had ended");
  }

  /** A hook that gets no logs. */
  private record Deaf(List<Windows> windows) implements WindowHook {
    @Override
    public void close(Window window, WindowFacts facts, HookContext context) {}
  }

  @Test
  void aWindowHookThatTheHostDoesNotLoadFailsTheTest() {
    assertThatThrownBy(() -> HookTester.of(new Deaf(List.of(DAYS))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("implement RecordHook or LogHook as well");
    assertThatThrownBy(() -> HookTester.of(new Scripted(null, null, new ArrayDeque<>(), LIST)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("windows() returned null");
    assertThatThrownBy(() -> HookTester.of(new Scripted(List.of(), null, new ArrayDeque<>(), LIST)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Scripted.windows() cannot be used");
  }
}
