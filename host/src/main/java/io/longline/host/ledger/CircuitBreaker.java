package io.longline.host.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pauses hooks that fail again and again: their calls wait in the ledger, and after the pause one
 * is made to see whether things are better. Thread-safe. What it decides is kept in the ledger, so
 * that all hosts and the next start know; how many failures there were in a row is not.
 */
final class CircuitBreaker {

  /** A call that was to decide and did not end, since its host gave it up, say. */
  private static final long TRIAL_MILLIS = TimeUnit.MINUTES.toMillis(15);

  private final BreakerPolicy policy;
  private final Map<String, State> states = new HashMap<>();
  private final List<HookPause> news = new ArrayList<>();

  /** How a hook stands. */
  private static final class State {
    final Set<Long> failedBatches = new HashSet<>();

    /** When the pause is over; 0 if there is none. */
    long until;

    int pauses;
    String why = "";

    /** The batch of the call that decides; 0 if none is made. */
    long trial;

    long trialSince;
  }

  CircuitBreaker(BreakerPolicy policy) {
    this.policy = policy;
  }

  private State state(String hook) {
    return states.computeIfAbsent(hook, id -> new State());
  }

  /** Whether a call may be made now; of a paused hook the first one after the pause may. */
  synchronized boolean mayCall(String hook, long batch, long now) {
    var state = states.get(hook);
    if (state == null || state.until == 0 || state.trial == batch) {
      return true;
    }
    if (!isTrialDue(state, now)) {
      return false;
    }
    state.trial = batch;
    state.trialSince = now;
    return true;
  }

  private static boolean isTrialDue(State state, long now) {
    return now >= state.until && (state.trial == 0 || now - state.trialSince > TRIAL_MILLIS);
  }

  /** Whether a call that was taken some time ago is not to be made now. */
  synchronized boolean isPaused(String hook, long batch) {
    var state = states.get(hook);
    return state != null && state.until != 0 && state.trial != batch;
  }

  /** The hooks that are paused. */
  synchronized Set<String> paused() {
    var paused = new HashSet<String>();
    states.forEach(
        (hook, state) -> {
          if (state.until != 0) {
            paused.add(hook);
          }
        });
    return paused;
  }

  /** The paused hooks of which one call may be made. */
  synchronized Set<String> trialsDue(long now) {
    var due = new HashSet<String>();
    states.forEach(
        (hook, state) -> {
          if (state.until != 0 && isTrialDue(state, now)) {
            due.add(hook);
          }
        });
    return due;
  }

  /**
   * Takes how a call ended.
   *
   * @return how the hook stands now, to be recorded; null if that has not changed
   */
  synchronized @Nullable HookPause ended(
      String hook, long batch, @Nullable String failure, long now) {
    if (failure == null && !states.containsKey(hook)) {
      return null;
    }
    var state = state(hook);
    if (failure == null) {
      boolean wasPaused = state.until != 0;
      states.remove(hook);
      return wasPaused ? new HookPause(hook, 0, 0, "") : null;
    }
    if (state.until != 0) {
      // Calls that were under way when it was paused decide nothing.
      return state.trial == batch ? pause(hook, state, failure, now) : null;
    }
    state.failedBatches.add(batch);
    boolean isEnough = policy.failures() > 0 && state.failedBatches.size() >= policy.failures();
    return isEnough ? pause(hook, state, failure, now) : null;
  }

  private HookPause pause(String hook, State state, String failure, long now) {
    state.pauses++;
    state.until = now + policy.length(state.pauses).toMillis();
    state.why =
        state.pauses == 1
            ? "It failed on " + policy.failures() + " batches in a row, last: " + failure
            : "The call after its pause failed too: " + failure;
    state.trial = 0;
    state.failedBatches.clear();
    var pause = new HookPause(hook, state.until, state.pauses, state.why);
    news.add(pause);
    return pause;
  }

  /** Forgets what a hook did, since it is another version now. */
  synchronized void forget(String hook) {
    states.remove(hook);
  }

  /** What was decided since this was asked last. */
  synchronized List<HookPause> news() {
    var found = List.copyOf(news);
    news.clear();
    return found;
  }

  /** Takes over what the ledger says: other hosts pause hooks, and people resume them. */
  synchronized void sync(List<HookPause> inLedger) {
    var known = new HashSet<String>();
    for (var pause : inLedger) {
      known.add(pause.hook());
      var state = state(pause.hook());
      if (state.until != pause.until()) {
        state.until = pause.until();
        state.pauses = pause.pauses();
        state.why = pause.why();
        state.trial = 0;
      }
    }
    states
        .entrySet()
        .removeIf(entry -> entry.getValue().until != 0 && !known.contains(entry.getKey()));
  }
}
