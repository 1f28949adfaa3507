package io.longline.host.ledger;

import static java.util.stream.Collectors.toSet;

import io.longline.host.ledger.HostLedger.Recorded;
import io.longline.host.ledger.HostLedger.Result;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** How the ends of calls get into a ledger. Thread-safe, within a transaction of its caller. */
final class OutcomeRecords {

  private final String host;
  private final Claims claims;
  private final Supplier<RetryPolicy> retries;
  private final RandomGenerator random;
  private final WarningRecords warnings;
  private final CircuitBreaker breaker;

  OutcomeRecords(
      String host,
      Claims claims,
      Supplier<RetryPolicy> retries,
      RandomGenerator random,
      WarningRecords warnings,
      CircuitBreaker breaker) {
    this.breaker = breaker;
    this.host = host;
    this.claims = claims;
    this.retries = retries;
    this.random = random;
    this.warnings = warnings;
  }

  /** Records outcomes; those of claims that are this host's no more are lost. */
  List<Recorded> record(Session session, List<Outcome> outcomes, long now) throws SQLException {
    var mine = claims.mine(session, outcomes.stream().map(Outcome::claim).collect(toSet()));
    var recorded = new ArrayList<Recorded>();
    for (var outcome : outcomes) {
      recorded.add(
          mine.contains(outcome.claim())
              ? record(session, outcome, now)
              : new Recorded(Result.LOST, null, null));
    }
    return recorded;
  }

  private Recorded record(Session session, Outcome outcome, long now) throws SQLException {
    long batch = outcome.claim().batch().number();
    int attempt = outcome.attempt();
    if (outcome.isPostponed()) {
      session.update(
          "UPDATE run SET state = 'waiting' WHERE batch = ? AND hook = ? AND state = 'running'",
          batch,
          claims.number(outcome.hook()));
      return new Recorded(
          Result.POSTPONED,
          null,
          outcome.endsClaim() ? claims.putAside(session, batch, now) : null);
    }
    var failure = outcome.failure();
    boolean isLast =
        outcome.isCharged()
            && (outcome.isPermanent() || retries.get().isLast(outcome.hook(), attempt));
    var result = failure == null ? Result.SUCCEEDED : isLast ? Result.DEAD : Result.RETRY;
    long delay = result == Result.RETRY ? retries.get().delayAfter(attempt, random).toMillis() : 0;
    session.update(
        """
        UPDATE run SET state = ?, attempts = ?, due_at = ?, version = ?, error_class = ?,
          error = ?, stack = ?, took_micros = ?, ended_at = ?, host = ?
        WHERE batch = ? AND hook = ?""",
        switch (result) {
          case SUCCEEDED -> "succeeded";
          case DEAD -> "dead";
          case RETRY, LOST, POSTPONED -> "waiting";
        },
        outcome.isCharged() ? attempt : attempt - 1,
        now + delay,
        outcome.version(),
        failure == null ? null : failure.errorClass(),
        failure == null ? null : WarningRecords.printable(failure.message()),
        failure == null ? null : WarningRecords.printable(failure.stackTrace()),
        outcome.took().toNanos() / 1_000,
        now,
        host,
        batch,
        claims.number(outcome.hook()));
    if (failure == null || outcome.isCharged()) {
      var pause =
          breaker.ended(outcome.hook(), batch, failure == null ? null : failure.message(), now);
      if (pause != null) {
        recordPause(session, pause, now);
      }
    }
    var warning = failure == null ? null : failure.withNextStep(nextStep(outcome, result, delay));
    if (warning != null) {
      warnings.insert(session, now, warning);
    }
    return new Recorded(
        result, warning, outcome.endsClaim() ? claims.putAside(session, batch, now) : null);
  }

  private void recordPause(Session session, HookPause pause, long now) throws SQLException {
    session.update(
        "UPDATE hook SET paused_until = ?, pauses = ?, paused_why = ? WHERE number = ?",
        pause.until(),
        pause.pauses(),
        WarningRecords.printable(pause.why()),
        claims.number(pause.hook()));
    if (pause.until() == 0) {
      claims.unpark(session, now);
    }
  }

  private String nextStep(Outcome outcome, Result result, long delayMillis) {
    int attempt = outcome.attempt();
    var kept = "What it wrote is not kept; the other hooks go on. ";
    if (!outcome.isCharged()) {
      return kept + "The hook is not to blame: it is tried again when there is room.";
    }
    if (result == Result.RETRY) {
      return kept
          + String.format(
              Locale.ROOT,
              "It is tried again in %.1f s, as attempt %d of %d.",
              delayMillis / 1_000.0,
              attempt + 1,
              retries.get().maxAttempts(outcome.hook()));
    }
    return kept
        + (outcome.isPermanent()
            ? "The hook says that trying again is pointless"
            : "It is not tried again after " + attempt + (attempt == 1 ? " attempt" : " attempts"))
        + ": it is a dead letter. Mend the cause, then: longline dead replay.";
  }
}
