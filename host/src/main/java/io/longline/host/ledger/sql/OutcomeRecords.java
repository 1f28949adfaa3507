package io.longline.host.ledger.sql;

import static java.util.stream.Collectors.toSet;

import io.longline.api.HookWarning;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallResult;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RecordedCall;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Records in the ledger how calls ended. Thread-safe, within a transaction of its caller. */
final class OutcomeRecords {

  private final String host;
  private final Claims claims;
  private final Retries retries;
  private final WarningRecords warnings;
  private final WindowRecords windows;

  OutcomeRecords(
      String host, Claims claims, Retries retries, WarningRecords warnings, WindowRecords windows) {
    this.host = host;
    this.claims = claims;
    this.retries = retries;
    this.warnings = warnings;
    this.windows = windows;
  }

  /** Records outcomes; those of claims that this host no longer owns are lost. */
  List<RecordedCall> record(Session session, List<Outcome> outcomes, long now) throws SQLException {
    var owned = claims.stillOwned(session, outcomes.stream().map(Outcome::claim).collect(toSet()));
    var recorded = new ArrayList<RecordedCall>();
    for (var outcome : outcomes) {
      recorded.add(
          owned.contains(outcome.claim())
              ? record(session, outcome, now)
              : new RecordedCall(CallResult.LOST, null, null));
    }
    return recorded;
  }

  private RecordedCall record(Session session, Outcome outcome, long now) throws SQLException {
    var ending = outcome.ending();
    if (ending instanceof Ending.Succeeded succeeded) {
      update(
          session,
          outcome,
          new Change(CallState.SUCCEEDED, outcome.attempt(), now, succeeded.took()),
          now);
      windows.succeeded(session, outcome, claims.number(outcome.hook()), now);
      claims.succeeded(session, outcome.hook(), now);
      return ended(session, CallResult.SUCCEEDED, null, outcome, now);
    }
    if (ending instanceof Ending.Failed failed && failed.blame() != Blame.LOGS) {
      return recordFailure(session, outcome, failed, now);
    }
    session.update(
        "UPDATE run SET state = {waiting} WHERE batch = ? AND hook = ? AND state = {running}",
        outcome.batch(),
        claims.number(outcome.hook()));
    if (ending instanceof Ending.Failed failed) {
      return recordUnavailable(session, outcome, failed.warning().message(), now);
    }
    return ended(session, CallResult.POSTPONED, null, outcome, now);
  }

  /** The batch has no log any more: it is set aside when its claim ends. */
  private RecordedCall recordUnavailable(Session session, Outcome outcome, String why, long now)
      throws SQLException {
    session.update(
        "UPDATE batch SET unavailable_why = ? WHERE id = ?",
        WarningRecords.printable(why),
        outcome.batch());
    return ended(session, CallResult.UNAVAILABLE, null, outcome, now);
  }

  private RecordedCall recordFailure(
      Session session, Outcome outcome, Ending.Failed failed, long now) throws SQLException {
    int attempt = outcome.attempt();
    boolean counts = failed.blame() != Blame.HOST;
    boolean isDead =
        failed.blame() == Blame.HOOK_FOR_GOOD
            || (counts && retries.isLast(outcome.hook(), attempt));
    long delay = isDead ? 0 : retries.millisAfter(attempt);
    var warning = failed.warning().withNextStep(nextStep(outcome, failed.blame(), isDead, delay));
    update(
        session,
        outcome,
        new Change(
            isDead ? CallState.DEAD : CallState.WAITING,
            counts ? attempt : attempt - 1,
            now + delay,
            failed.took(),
            warning.errorClass(),
            warning.message(),
            warning.stackTrace()),
        now);
    if (counts) {
      claims.failed(session, outcome.hook(), outcome.batch(), warning.message(), now);
    }
    warnings.insert(session, now, warning);
    return ended(session, isDead ? CallResult.DEAD : CallResult.RETRY, warning, outcome, now);
  }

  /** The new content of the row of a (batch, hook). */
  private record Change(
      CallState state,
      int attempts,
      long dueAt,
      Duration took,
      @Nullable String errorClass,
      @Nullable String error,
      @Nullable String stack) {

    Change(CallState state, int attempts, long dueAt, Duration took) {
      this(state, attempts, dueAt, took, null, null, null);
    }
  }

  private void update(Session session, Outcome outcome, Change change, long now)
      throws SQLException {
    session.update(
        """
        UPDATE run SET state = ?, attempts = ?, due_at = ?, version = ?, error_class = ?,
          error = ?, stack = ?, took_micros = ?, ended_at = ?, host = ?
        WHERE batch = ? AND hook = ?""",
        change.state().sql(),
        change.attempts(),
        change.dueAt(),
        outcome.version(),
        change.errorClass(),
        printable(change.error()),
        printable(change.stack()),
        change.took().toNanos() / 1_000,
        now,
        host,
        outcome.batch(),
        claims.number(outcome.hook()));
  }

  private static @Nullable String printable(@Nullable String text) {
    return text == null ? null : WarningRecords.printable(text);
  }

  /** What was recorded of a call; if it ends its claim, how the batch stands. */
  private RecordedCall ended(
      Session session, CallResult result, @Nullable HookWarning warning, Outcome outcome, long now)
      throws SQLException {
    if (!outcome.endsClaim()) {
      return new RecordedCall(result, warning, null);
    }
    removeLeftOut(session, outcome);
    var state = claims.release(session, outcome.batch(), now);
    if (state != BatchState.UNAVAILABLE) {
      return new RecordedCall(result, warning, state);
    }
    var why = BatchRows.whyUnavailable(session, outcome.batch());
    warnings.insertUnavailable(session, now, outcome.claim().batch().directory(), why);
    return new RecordedCall(result, warning, state, why);
  }

  private void removeLeftOut(Session session, Outcome outcome) throws SQLException {
    var leftOut = outcome.claim().batch().leftOut();
    if (!leftOut.isEmpty()) {
      var hooks = outcome.claim().attempts().keySet();
      BatchRows.removeLogs(
          session, outcome.batch(), leftOut, hooks.stream().map(claims::number).collect(toSet()));
    }
  }

  private String nextStep(Outcome outcome, Blame blame, boolean isDead, long delayMillis) {
    int attempt = outcome.attempt();
    var kept = "What it wrote is not kept; the other hooks continue. ";
    if (blame == Blame.HOST) {
      return kept + "The hook is not to blame: it is tried again.";
    }
    if (!isDead) {
      return kept
          + String.format(
              Locale.ROOT,
              "It is tried again in %.1f s, as attempt %d of %d.",
              delayMillis / 1_000.0,
              attempt + 1,
              retries.maxAttempts(outcome.hook()));
    }
    return kept
        + (blame == Blame.HOOK_FOR_GOOD
            ? "Trying again is pointless"
            : "It is not tried again after " + attempt + (attempt == 1 ? " attempt" : " attempts"))
        + ": it is a dead letter. Fix the cause, then replay it.";
  }
}
