package io.longline.host.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.LogHook;
import io.longline.api.NoSettings;
import io.longline.api.Site;
import io.longline.host.event.Ending;
import io.longline.host.output.OutputFolder;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.HookOptions;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.RecordSettings;
import io.longline.host.settings.SecretMask;
import io.longline.host.testing.ManualClock;
import io.longline.host.testing.RecordingEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchdogTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(3);

  @TempDir Path output;

  private final AtomicLong nanos = new AtomicLong(1);
  private final List<OpenAssignment> active = new ArrayList<>();
  private final List<OpenCall> givenUp = new ArrayList<>();
  private final Watchdog watchdog =
      new Watchdog(
          () -> active,
          (open, call) -> {
            assertThat(open.isGivenUp()).isTrue();
            givenUp.add(call);
          });
  private final List<Running> all = new ArrayList<>();
  private OutputFolder folder;
  private CallOpener opener;

  @BeforeEach
  void open() throws Exception {
    folder = OutputFolder.open(output, false);
    opener =
        new CallOpener(
            new CallEnvironment(
                folder::begin,
                null,
                new ManualClock("2026-11-24T10:00:00Z"),
                nanos::get,
                () -> false,
                new SecretMask(List.of())),
            new RecordingEvents().reports());
  }

  @AfterEach
  void close() throws Exception {
    // Giving up an assignment interrupts the thread that took it on, which is this one here.
    Thread.interrupted();
    for (var running : all) {
      running.mayEnd.countDown();
      running.thread.join();
    }
    folder.close();
  }

  /** A call whose step runs on a thread of its own until it may end. */
  private final class Running {

    private final CountDownLatch hasBegun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch wasInterrupted = new CountDownLatch(1);
    private final AtomicBoolean endsWhenInterrupted = new AtomicBoolean();
    private final OpenAssignment assignment;
    private final OpenCall call;
    private final FutureTask<EndedCall> task;
    private final Thread thread;

    Running(Duration timeout) throws Exception {
      assignment = OpenAssignment.atExit();
      call = opener.open(assignment, Call.atExit(hook(timeout)), null);
      task = new FutureTask<>(this::make);
      thread = new Thread(task, "hook");
      active.add(assignment);
      all.add(this);
      thread.start();
      hasBegun.await();
    }

    private EndedCall make() {
      call.make(
          context -> {
            hasBegun.countDown();
            for (; ; ) {
              try {
                mayEnd.await();
                return;
              } catch (InterruptedException e) {
                wasInterrupted.countDown();
                if (endsWhenInterrupted.get()) {
                  throw e;
                }
              }
            }
          });
      return opener.end(assignment, call);
    }

    Ending end() throws Exception {
      mayEnd.countDown();
      return task.get().ending();
    }
  }

  private static CalledHook hook(Duration timeout) {
    LogHook nothing = (logs, context) -> {};
    var description = new HookDescription("p/A", "p", "1.0", Set.of(Site.EXIT), 1, null, List.of());
    return new CalledHook(
        InstalledHook.inHost(
            description, nothing, ClassLoader.getSystemClassLoader(), RecordSettings.none()),
        new HookOptions(new NoSettings(), 1, "", timeout));
  }

  /** Passes time, and looks. */
  private void lookAfter(Duration time) {
    nanos.addAndGet(time.toNanos());
    watchdog.look();
  }

  @Test
  void aCallIsReportedAsStalledAtHalfOfItsTime() throws Exception {
    var reported = new Running(TIMEOUT);
    lookAfter(TIMEOUT.dividedBy(2));
    assertThat(reported.call.stall()).as("it was reported, which happens once").isNull();
    assertThat(reported.end()).isInstanceOf(Ending.Succeeded.class);
  }

  @Test
  void aCallIsNotReportedAsStalledBeforeHalfOfItsTime() throws Exception {
    var running = new Running(TIMEOUT);
    lookAfter(TIMEOUT.dividedBy(2).minusNanos(1));
    assertThat(running.call.stall()).as("it had not been reported").isNotEmpty();
    assertThat(running.call.stall()).as("it has been now").isNull();
  }

  @Test
  void aCallIsInterruptedAtTheEndOfItsTimeAndNotBefore() throws Exception {
    var running = new Running(TIMEOUT);
    running.endsWhenInterrupted.set(true);
    lookAfter(TIMEOUT.minusNanos(1));
    assertThat(running.task.isDone()).isFalse();
    assertThat(running.wasInterrupted.getCount()).isEqualTo(1);
    assertThat(running.thread.isInterrupted()).isFalse();
    lookAfter(Duration.ofNanos(1));
    assertThat(running.task.get().ending())
        .isInstanceOfSatisfying(
            Ending.Failed.class,
            failed ->
                assertThat(failed.warning().message())
                    .isEqualTo(
                        "It had not ended after 30 s. It was interrupted, and then it ended."));
    lookAfter(TIMEOUT);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void aCallThatEndsInTheTimeOfGraceHasFailedAndIsNotGivenUp() throws Exception {
    var running = new Running(TIMEOUT);
    lookAfter(TIMEOUT);
    running.wasInterrupted.await();
    lookAfter(GRACE.minusNanos(1));
    assertThat(running.end()).isInstanceOf(Ending.Failed.class);
    lookAfter(TIMEOUT);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void aCallIsGivenUpOnceAlthoughItIsLookedAtAgainBeforeItIsContinued() throws Exception {
    var running = new Running(TIMEOUT);
    lookAfter(TIMEOUT);
    lookAfter(GRACE.minusNanos(1));
    assertThat(givenUp).isEmpty();
    lookAfter(Duration.ofNanos(1));
    assertThat(givenUp).containsExactly(running.call);
    watchdog.look();
    lookAfter(TIMEOUT);
    assertThat(givenUp).containsExactly(running.call);
    assertThat(running.call.hasFailed()).isTrue();
    running.mayEnd.countDown();
    // Giving up an assignment interrupts the thread that took it on, which is this one here.
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(running.task::get).hasCauseInstanceOf(GivenUpError.class);
  }

  @Test
  void theTimeOfGraceBeginsWithTheInterruptHoweverLateThatIs() throws Exception {
    new Running(TIMEOUT);
    lookAfter(TIMEOUT.multipliedBy(9));
    assertThat(givenUp).isEmpty();
    lookAfter(GRACE);
    assertThat(givenUp).hasSize(1);
  }

  @Test
  void aCallThatEndsInTimeIsLeftAlone() throws Exception {
    var running = new Running(TIMEOUT);
    lookAfter(TIMEOUT.minusNanos(1));
    assertThat(running.end()).isEqualTo(new Ending.Succeeded(TIMEOUT.minusNanos(1)));
    lookAfter(TIMEOUT);
    lookAfter(TIMEOUT);
    assertThat(givenUp).isEmpty();
    assertThat(running.wasInterrupted.getCount()).isEqualTo(1);
  }

  @Test
  void theTimeBetweenTwoStepsOfACallDoesNotCount() throws Exception {
    var assignment = OpenAssignment.atExit();
    active.add(assignment);
    var call = opener.open(assignment, Call.atExit(hook(TIMEOUT)), null);
    call.make(context -> nanos.addAndGet(TIMEOUT.toNanos() - 1));
    lookAfter(TIMEOUT);
    call.make(context -> watchdog.look());
    assertThat(opener.end(assignment, call).hasSucceeded()).isTrue();
  }

  @Test
  void theStepsOfACallCountTogether() throws Exception {
    var assignment = OpenAssignment.atExit();
    active.add(assignment);
    var call = opener.open(assignment, Call.atExit(hook(TIMEOUT)), null);
    call.make(context -> nanos.addAndGet(TIMEOUT.toNanos() - 1));
    call.make(context -> lookAfter(Duration.ofNanos(1)));
    assertThat(opener.end(assignment, call).hasSucceeded()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).as("it was for the hook").isFalse();
  }

  @Test
  void aCallThatHangsDoesNotKeepTheOthersFromBeingLookedAt() throws Exception {
    new Running(TIMEOUT);
    new Running(TIMEOUT);
    lookAfter(TIMEOUT);
    lookAfter(GRACE);
    assertThat(givenUp).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000",
    "10000, 1000",
    "30000, 3000",
    "99999, 9999",
    "100000, 10000",
    "600000, 10000"
  })
  void theTimeOfGraceIsATenthOfTheTimeButOneToTenSeconds(long timeout, long grace) {
    assertThat(Watchdog.graceNanos(Duration.ofMillis(timeout)))
        .isBetween(Duration.ofMillis(grace).toNanos(), Duration.ofMillis(grace + 1).toNanos());
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2000, 200", "600000, 1000"})
  void callsAreLookedAtTenTimesInTheirTimeButEverySecondAtLeast(long timeout, long tick) {
    var hooks = List.of(hook(Duration.ofDays(1)), hook(Duration.ofMillis(timeout)));
    assertThat(Watchdog.tick(hooks)).isEqualTo(Duration.ofMillis(tick));
  }
}
