package io.longline.host.ledger.sql;

import static java.util.stream.Collectors.toSet;

import io.longline.host.ledger.HookPause;
import io.longline.host.ledger.PausePolicy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pauses hooks that fail again and again: their calls wait in the ledger, and after the pause one
 * call is made, the trial, which decides whether the hook is called again. Thread-safe; what has a
 * session runs within a transaction of its caller.
 *
 * <p>Pauses are in the table of hooks, so that all hosts know of them, and the next start. How
 * often a hook has failed in a row, and which call is its trial, only this host knows.
 */
final class HookPauses {

  /** After this another trial is made: the first did not end, since its host gave it up, say. */
  private static final long TRIAL_MILLIS = TimeUnit.MINUTES.toMillis(15);

  private final PausePolicy policy;
  private final Map<String, Hook> hooks = new HashMap<>();
  private final List<HookPause> news = new ArrayList<>();

  /** A hook that is paused, or has failed since its last success. */
  private static final class Hook {

    final Set<Long> failedBatches = new HashSet<>();
    @Nullable HookPause pause;

    /** The batch of the trial; 0 if none is being made. */
    long trial;

    long trialSince;

    boolean isPaused() {
      return pause != null;
    }

    boolean isTrialDue(long now) {
      return pause != null
          && Waits.isOver(pause.since(), pause.until(), now)
          && (trial == 0 || Waits.isOver(trialSince, trialSince + TRIAL_MILLIS + 1, now));
    }

    void setPause(HookPause next) {
      pause = next;
      trial = 0;
      failedBatches.clear();
    }
  }

  HookPauses(PausePolicy policy) {
    this.policy = policy;
  }

  /**
   * Whether a call may be made now; of a paused hook one may after the pause, which is its trial.
   */
  synchronized boolean mayCall(String hook, long batch, long now) {
    if (!isPaused(hook, batch)) {
      return true;
    }
    var paused = hooks.get(hook);
    if (paused == null || !paused.isTrialDue(now)) {
      return false;
    }
    paused.trial = batch;
    paused.trialSince = now;
    return true;
  }

  /** Whether a call that was claimed some time ago is not to be made now. */
  synchronized boolean isPaused(String hook, long batch) {
    var known = hooks.get(hook);
    return known != null && known.isPaused() && known.trial != batch;
  }

  /** The hooks that are paused. */
  Set<String> paused() {
    return those(Hook::isPaused);
  }

  /** The paused hooks of which a trial may be made. */
  Set<String> trialsDue(long now) {
    return those(hook -> hook.isTrialDue(now));
  }

  private synchronized Set<String> those(Predicate<Hook> condition) {
    return hooks.entrySet().stream()
        .filter(hook -> condition.test(hook.getValue()))
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  /**
   * Records that a call succeeded.
   *
   * @return whether that ended a pause
   */
  boolean succeeded(Session session, String hook) throws SQLException {
    boolean isResumed = succeeded(hook);
    if (isResumed) {
      write(session, new HookPause(hook, 0, 0, 0, ""));
    }
    return isResumed;
  }

  /** Records that a call failed, which may pause the hook. */
  void failed(Session session, String hook, long batch, String message, long now)
      throws SQLException {
    var pause = failed(hook, batch, message, now);
    if (pause != null) {
      write(session, pause);
    }
  }

  private static void write(Session session, HookPause pause) throws SQLException {
    session.update(
        "UPDATE hook SET paused_since = ?, paused_until = ?, pauses = ?, paused_why = ? WHERE id = ?",
        pause.since(),
        pause.until(),
        pause.pauses(),
        WarningRecords.printable(pause.why()),
        pause.hook());
  }

  /** Forgets the failures and the pause of a hook; returns whether there was a pause. */
  synchronized boolean succeeded(String hook) {
    var before = hooks.remove(hook);
    return before != null && before.isPaused();
  }

  /** Counts a failure; returns the pause that begins with it, null if none does. */
  synchronized @Nullable HookPause failed(String hook, long batch, String message, long now) {
    var failing = hooks.computeIfAbsent(hook, id -> new Hook());
    var before = failing.pause;
    if (before != null) {
      var why = "The call after its pause failed too: " + message;
      // Calls that were under way when it was paused decide nothing.
      return failing.trial == batch ? begin(failing, hook, before.pauses() + 1, why, now) : null;
    }
    failing.failedBatches.add(batch);
    boolean isEnough = policy.failures() > 0 && failing.failedBatches.size() >= policy.failures();
    var why = "It failed on " + policy.failures() + " batches in a row, last: " + message;
    return isEnough ? begin(failing, hook, 1, why, now) : null;
  }

  private HookPause begin(Hook failing, String hook, int pauses, String why, long now) {
    var pause = new HookPause(hook, now, now + policy.length(pauses).toMillis(), pauses, why);
    failing.setPause(pause);
    news.add(pause);
    return pause;
  }

  /** Forgets a hook, since it has another version now. */
  synchronized void forget(String hook) {
    hooks.remove(hook);
  }

  /** The pauses that began since this was asked last. */
  synchronized List<HookPause> news() {
    var found = List.copyOf(news);
    news.clear();
    return found;
  }

  /** The pauses in the ledger. */
  static List<HookPause> read(Session session) throws SQLException {
    return session.query(
        "SELECT id, paused_since, paused_until, pauses, paused_why FROM hook WHERE paused_until > 0 ORDER BY id",
        row ->
            new HookPause(
                row.getString(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getString(5)));
  }

  /**
   * Takes over the pauses in the ledger: other hosts pause hooks, and people resume them.
   *
   * @return whether a hook is not paused any more
   */
  synchronized boolean refresh(List<HookPause> inLedger) {
    for (var pause : inLedger) {
      var hook = hooks.computeIfAbsent(pause.hook(), id -> new Hook());
      if (hook.pause == null || hook.pause.until() != pause.until()) {
        hook.setPause(pause);
      }
    }
    var paused = inLedger.stream().map(HookPause::hook).collect(toSet());
    return hooks
        .entrySet()
        .removeIf(hook -> hook.getValue().isPaused() && !paused.contains(hook.getKey()));
  }
}
