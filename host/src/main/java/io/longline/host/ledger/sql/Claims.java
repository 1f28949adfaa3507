package io.longline.host.ledger.sql;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.HookPause;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.UnavailableBatch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a host takes batches and releases them. Thread-safe; what has a session runs within a
 * transaction of its caller.
 */
final class Claims {

  /** Calls of a hook that is busy are due again after this. */
  private static final Duration BUSY_DELAY = Duration.ofSeconds(10);

  /** So many batches are asked about with one statement. */
  private static final int GROUP = 16;

  private static final String PLACES = String.join(", ", Collections.nCopies(GROUP, "?"));

  private final Database database;
  private final String host;
  private final DueBatches due;
  private final HookPauses pauses;
  private final CalledHooks hooks = new CalledHooks();

  /**
   * The claims of a host.
   *
   * @param host its id
   */
  Claims(Database database, String host, DueBatches due, HookPauses pauses) {
    this.database = database;
    this.host = host;
    this.due = due;
    this.pauses = pauses;
  }

  /**
   * Says which hooks the host calls.
   *
   * @param called the number of each, by id
   * @param changed those that have another version now
   * @param paused those that are paused
   */
  void setHooks(Map<String, Long> called, Set<String> changed, List<HookPause> paused) {
    hooks.set(called);
    changed.forEach(pauses::forget);
    pauses.refresh(paused);
  }

  /** Says which hooks have more than enough to do. */
  void setBusy(Set<String> busy) {
    hooks.setBusy(busy);
  }

  boolean hasHooks() {
    return !hooks.isEmpty();
  }

  /** The number of a hook that this host calls, or has called. */
  long number(String hook) {
    return hooks.number(hook);
  }

  /** A call that can be made now. */
  private record DueCall(long batch, String hook, int attempt) {}

  /**
   * Takes batches that are due and releases those again of which no call can be made.
   *
   * @param isSuspect whether to take suspect batches, one call of each; else the others
   * @param unavailable receives the batches that were set aside, since their rows cannot be used
   */
  List<Claim> claim(
      Session session, int max, boolean isSuspect, long now, Consumer<UnavailableBatch> unavailable)
      throws SQLException {
    var taken = due.take(session, host, max, isSuspect, now, unavailable);
    if (taken.isEmpty()) {
      return List.of();
    }
    var calls =
        dueCalls(session, taken.stream().map(DueBatches.Taken::number).toList(), now).stream()
            .collect(groupingBy(DueCall::batch));
    var claims = new ArrayList<Claim>();
    for (var each : taken) {
      long batch = each.number();
      var attempts = attempts(calls(session, calls, batch, now), isSuspect, now);
      if (attempts.isEmpty()) {
        release(session, batch, now);
        continue;
      }
      if (isSuspect) {
        recordStarts(session, batch, attempts.keySet());
      }
      claims.add(
          new Claim(each.batch(), each.token(), attempts, hook -> !pauses.isPaused(hook, batch)));
    }
    claims.sort(Comparator.comparingLong(claim -> claim.batch().number()));
    return claims;
  }

  /** The calls of one batch; one that was accepted when no hook was installed owes those now. */
  private List<DueCall> calls(Session session, Map<Long, List<DueCall>> known, long batch, long now)
      throws SQLException {
    var calls = known.getOrDefault(batch, List.of());
    return calls.isEmpty() && OwedCalls.oweFirst(session, batch, now)
        ? dueCalls(session, List.of(batch), now)
        : calls;
  }

  /** The attempts that are made now, by hook; of a suspect batch one. */
  private Map<String, Integer> attempts(List<DueCall> calls, boolean isSuspect, long now) {
    var attempts = new LinkedHashMap<String, Integer>();
    for (var call : calls) {
      if (!hooks.isBusy(call.hook())
          && (!isSuspect || attempts.isEmpty())
          && pauses.mayCall(call.hook(), call.batch(), now)) {
        attempts.put(call.hook(), call.attempt());
      }
    }
    return attempts;
  }

  /** The calls of some batches that can be made now, in the order of the hooks. */
  private List<DueCall> dueCalls(Session session, List<Long> batches, long now)
      throws SQLException {
    var calls = new ArrayList<DueCall>();
    for (int from = 0; from < batches.size(); from += GROUP) {
      var values =
          new ArrayList<Object>(batches.subList(from, Math.min(batches.size(), from + GROUP)));
      pad(values);
      values.add(now);
      session.forEach(
          "SELECT batch, hook, attempts FROM run WHERE batch IN ("
              + PLACES
              + ") AND state = {waiting} AND "
              + Waits.IS_CALL_DUE
              + " AND hook IN ("
              + hooks.enabled()
              + ") ORDER BY batch, hook",
          row ->
              calls.add(new DueCall(row.getLong(1), hooks.id(row.getLong(2)), row.getInt(3) + 1)),
          values.toArray());
    }
    return calls;
  }

  private void recordStarts(Session session, long batch, Set<String> started) throws SQLException {
    for (var hook : started) {
      session.update(
          "UPDATE run SET state = {running} WHERE batch = ? AND hook = ?", batch, number(hook));
    }
  }

  /** Those of some claims that still are this host's; nobody takes them in this transaction. */
  Set<Claim> stillOwned(Session session, Collection<Claim> claims) throws SQLException {
    var tokens = new HashMap<Long, Long>();
    var left = new ArrayList<>(claims);
    for (int from = 0; from < left.size(); from += GROUP) {
      var group = left.subList(from, Math.min(left.size(), from + GROUP));
      var values = new ArrayList<Object>();
      group.forEach(claim -> values.add(claim.batch().number()));
      pad(values);
      values.add(host);
      session.forEach(
          "SELECT id, token FROM batch WHERE id IN ("
              + PLACES
              + ") AND state = {running} AND owner = ? ORDER BY id"
              + database.forUpdate(),
          row -> tokens.put(row.getLong(1), row.getLong(2)),
          values.toArray());
    }
    return claims.stream()
        .filter(claim -> Objects.equals(tokens.get(claim.batch().number()), claim.token()))
        .collect(toSet());
  }

  /** Repeats the first value, so that there is one statement for any number of them. */
  private static void pad(List<Object> values) {
    while (values.size() < GROUP) {
      values.add(values.get(0));
    }
  }

  /**
   * Ends a claim: the batch is done, or ready again when its next call is due, or parked until a
   * host has the hooks that it waits for, or unavailable.
   */
  BatchState release(Session session, long batch, long now) throws SQLException {
    int done =
        session.update(
            """
            UPDATE batch SET state = {done}, owner = NULL, suspect = 0, finished_at = ?
            WHERE id = ? AND NOT EXISTS
              (SELECT 1 FROM run WHERE run.batch = batch.id AND run.state = {waiting})
            AND (settled <> '' OR EXISTS (SELECT 1 FROM run WHERE run.batch = batch.id))""",
            now,
            batch);
    if (done > 0) {
      return BatchState.DONE;
    }
    var unavailable = BatchRows.whyUnavailable(session, batch);
    if (!unavailable.isEmpty()) {
      BatchRows.setUnavailable(session, batch, unavailable, now);
      return BatchState.UNAVAILABLE;
    }
    var next = nextDue(session, batch, now);
    var state = next.isPresent() ? BatchState.READY : BatchState.PARKED;
    session.update(
        "UPDATE batch SET state = ?, owner = NULL, ready_at = ?, state_since = ? WHERE id = ?",
        state.sql(),
        next.orElse(now),
        now,
        batch);
    return state;
  }

  /** A call that waits. */
  private record WaitingCall(long hook, long dueAt) {}

  /** When the next call of a batch is due that this host makes; nothing if it makes none. */
  private OptionalLong nextDue(Session session, long batch, long now) throws SQLException {
    var waiting =
        session.query(
            """
            SELECT run.hook, run.due_at, coalesce(run.ended_at, run.due_at) FROM run
            JOIN hook ON hook.number = run.hook
            WHERE run.batch = ? AND run.state = {waiting} AND hook.enabled = 1""",
            row ->
                new WaitingCall(
                    row.getLong(1),
                    Waits.isOver(row.getLong(3), row.getLong(2), now)
                        ? Math.min(now, row.getLong(2))
                        : row.getLong(2)),
            batch);
    var called = unpaused();
    return waiting.stream()
        .filter(call -> called.contains(call.hook()))
        .mapToLong(
            call ->
                hooks.isBusy(hooks.id(call.hook()))
                    ? Math.max(call.dueAt(), now + BUSY_DELAY.toMillis())
                    : call.dueAt())
        .min();
  }

  /** The numbers of the hooks that the host calls and that are not paused. */
  private List<Long> unpaused() {
    return hooks.without(pauses.paused());
  }

  /** Releases the batches of this host but for those that it knows of. */
  void freeUnknown(Session session, Set<Long> open, long now) throws SQLException {
    var owned =
        session.query(
            "SELECT id FROM batch WHERE state = {running} AND owner = ?",
            row -> row.getLong(1),
            host);
    for (long batch : owned) {
      if (!open.contains(batch)) {
        session.update(
            "UPDATE run SET state = {waiting} WHERE batch = ? AND state = {running}", batch);
        release(session, batch, now);
      }
    }
  }

  /** Makes batches ready that wait for a hook that this host calls. */
  void unpark(Session session, long now) throws SQLException {
    ParkedBatches.unpark(session, unpaused(), now);
  }

  /**
   * Records that a call succeeded; the batches that wait for its hook are ready if it was paused.
   */
  void succeeded(Session session, String hook, long now) throws SQLException {
    if (pauses.succeeded(session, hook)) {
      unpark(session, now);
    }
  }

  /** Records that a call failed, which may pause its hook. */
  void failed(Session session, String hook, long batch, String message, long now)
      throws SQLException {
    pauses.failed(session, hook, batch, message, now);
  }

  /** The pauses of hooks that began since this was asked last. */
  List<HookPause> newPauses() {
    return pauses.news();
  }

  /**
   * Takes over which hooks are paused, and has one call made of those whose pause is over; in
   * transactions of its own.
   *
   * @return whether there is such a call, or a hook is not paused any more
   */
  boolean refreshPauses() throws LedgerException {
    boolean isResumed = pauses.refresh(database.read(HookPauses::read));
    if (!isResumed && pauses.paused().isEmpty()) {
      return false;
    }
    return database.transact(session -> unparkUnpaused(session, isResumed));
  }

  private boolean unparkUnpaused(Session session, boolean isResumed) throws SQLException {
    long now = database.now(session);
    if (isResumed) {
      unpark(session, now);
    }
    var trials = pauses.trialsDue(now);
    for (var hook : trials) {
      ParkedBatches.unparkOne(session, number(hook), now);
    }
    return isResumed || !trials.isEmpty();
  }
}
