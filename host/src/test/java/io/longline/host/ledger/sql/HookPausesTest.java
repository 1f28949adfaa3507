package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.ledger.HookPause;
import io.longline.host.ledger.PausePolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookPausesTest {

  private static final String HOOK = "p/A";
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final HookPauses pauses = new HookPauses(new PausePolicy(3, Duration.ofMinutes(1)));

  /** The clock. */
  private long now = 1_000_000;

  private HookPause fail(long batch) {
    return pauses.failed(HOOK, batch, "no route", now);
  }

  private boolean mayCall(long batch) {
    return pauses.mayCall(HOOK, batch, now);
  }

  /** Fails on batches 1, 2 and 3. */
  private HookPause pause() {
    fail(1);
    fail(2);
    return fail(3);
  }

  @Test
  void aHookIsPausedWhenItHasFailedOnEnoughBatchesInARow() {
    assertThat(fail(1)).isNull();
    assertThat(fail(2)).isNull();
    assertThat(mayCall(3)).isTrue();
    var pause = fail(3);
    assertThat(pause)
        .isEqualTo(
            new HookPause(
                HOOK, now, now + MINUTE, 1, "It failed on 3 batches in a row, last: no route"));
    assertThat(pauses.paused()).containsExactly(HOOK);
    assertThat(mayCall(4)).isFalse();
    assertThat(pauses.isPaused(HOOK, 4)).isTrue();
    assertThat(pauses.isPaused("p/B", 4)).isFalse();
  }

  @Test
  void failuresOnOneBatchCountOnce() {
    for (int attempt = 1; attempt <= 9; attempt++) {
      assertThat(fail(1)).isNull();
    }
    assertThat(pauses.paused()).isEmpty();
  }

  @Test
  void aSuccessResetsTheCountOfFailures() {
    fail(1);
    fail(2);
    assertThat(pauses.succeeded(HOOK)).as("there was no pause").isFalse();
    fail(3);
    fail(4);
    assertThat(pauses.paused()).isEmpty();
  }

  @Test
  void aPolicyWithoutALimitNeverPauses() {
    var never = new HookPauses(new PausePolicy(0, Duration.ofMinutes(1)));
    for (int batch = 1; batch <= 100; batch++) {
      assertThat(never.failed(HOOK, batch, "x", now)).isNull();
    }
    assertThat(never.mayCall(HOOK, 101, now)).isTrue();
  }

  @Test
  void eachPauseIsTwiceAsLongAsTheOneBeforeUpToAnHour() {
    var policy = PausePolicy.DEFAULT;
    assertThat(policy.length(1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(policy.length(2)).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.length(6)).isEqualTo(Duration.ofMinutes(32));
    assertThat(policy.length(7)).isEqualTo(Duration.ofHours(1));
    assertThat(policy.length(1_000)).isEqualTo(Duration.ofHours(1));
    assertThat(new PausePolicy(1, Duration.ofHours(2)).length(2)).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void afterThePauseOneCallIsMadeAsATrial() {
    pause();
    now += MINUTE - 1;
    assertThat(pauses.trialsDue(now)).isEmpty();
    assertThat(mayCall(4)).isFalse();
    now += 1;
    assertThat(pauses.trialsDue(now)).containsExactly(HOOK);
    assertThat(mayCall(4)).isTrue();
    assertThat(pauses.trialsDue(now)).as("it is being made").isEmpty();
    assertThat(mayCall(5)).isFalse();
    assertThat(mayCall(4)).as("the trial itself").isTrue();
    assertThat(pauses.isPaused(HOOK, 4)).isFalse();
    assertThat(pauses.isPaused(HOOK, 5)).isTrue();
  }

  @Test
  void aTrialThatSucceedsEndsThePause() {
    pause();
    now += MINUTE;
    mayCall(4);
    assertThat(pauses.succeeded(HOOK)).isTrue();
    assertThat(pauses.paused()).isEmpty();
    assertThat(mayCall(5)).isTrue();
  }

  @Test
  void aTrialThatFailsBeginsALongerPause() {
    pause();
    now += MINUTE;
    mayCall(4);
    assertThat(fail(4))
        .isEqualTo(
            new HookPause(
                HOOK, now, now + 2 * MINUTE, 2, "The call after its pause failed too: no route"));
    now += MINUTE;
    assertThat(mayCall(5)).isFalse();
    now += MINUTE;
    assertThat(mayCall(5)).isTrue();
  }

  @Test
  void aCallStartedBeforeThePauseDoesNotDecideIt() {
    var pause = pause();
    assertThat(fail(9)).isNull();
    assertThat(pauses.news()).containsExactly(pause);
  }

  @Test
  void aTrialThatNeverEndsIsReplacedAfterAWhile() {
    pause();
    now += MINUTE;
    mayCall(4);
    now += Duration.ofMinutes(15).toMillis();
    assertThat(mayCall(5)).isFalse();
    now += 1;
    assertThat(pauses.trialsDue(now)).containsExactly(HOOK);
    assertThat(mayCall(5)).isTrue();
    assertThat(mayCall(4)).isFalse();
  }

  @Test
  void aClockThatIsSetBackDoesNotLengthenAPause() {
    pause();
    now -= 60 * MINUTE;
    assertThat(pauses.trialsDue(now)).containsExactly(HOOK);
    assertThat(mayCall(4)).isTrue();
    now -= 60 * MINUTE;
    assertThat(mayCall(5)).as("a trial that began in the future").isTrue();
  }

  @Test
  void newPausesAreReportedOnce() {
    var pause = pause();
    assertThat(pauses.news()).containsExactly(pause);
    assertThat(pauses.news()).isEmpty();
  }

  @Test
  void aPauseThatAnotherHostBeganIsTakenOver() {
    var other = new HookPause(HOOK, now, now + MINUTE, 4, "elsewhere");
    assertThat(pauses.refresh(List.of(other))).isFalse();
    assertThat(mayCall(1)).isFalse();
    assertThat(pauses.news()).as("it is the other host's to report").isEmpty();
    now += MINUTE;
    mayCall(1);
    assertThat(fail(1)).extracting(HookPause::pauses).isEqualTo(5);
  }

  @Test
  void aResumedHookIsCalledAgain() {
    var pause = pause();
    assertThat(pauses.refresh(List.of(pause))).as("nothing has changed").isFalse();
    assertThat(pauses.refresh(List.of())).isTrue();
    assertThat(mayCall(4)).isTrue();
    assertThat(pauses.refresh(List.of())).isFalse();
  }

  @Test
  void refreshingAnUnchangedPauseKeepsItsTrial() {
    var pause = pause();
    now += MINUTE;
    mayCall(4);
    pauses.refresh(List.of(pause));
    assertThat(mayCall(4)).isTrue();
    pauses.refresh(List.of(new HookPause(HOOK, now, now + MINUTE, 2, "a trial elsewhere failed")));
    assertThat(mayCall(4)).isFalse();
  }

  @Test
  void refreshingKeepsTheFailuresOfHooksThatAreNotPaused() {
    fail(1);
    fail(2);
    pauses.refresh(List.of());
    assertThat(fail(3)).isNotNull();
  }

  @Test
  void aNewVersionStartsWithoutFailuresAndPause() {
    pause();
    pauses.forget(HOOK);
    assertThat(pauses.paused()).isEmpty();
    fail(4);
    fail(5);
    assertThat(pauses.paused()).isEmpty();
  }
}
