package io.longline.host.ledger.sql;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.HostLocks.Presence;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a host takes over what others have left. Thread-safe, within a transaction of its caller.
 *
 * <p>The batches of a host that is gone become suspect: their calls are made one by one, each start
 * recorded, and a call whose start is recorded is charged an attempt.
 */
final class TakeOver {

  private final Database database;
  private final HostIdentity host;
  private final DirectoryNames names;
  private final Retries retries;
  private final WarningRecords warnings;
  private final HostLocks locks;

  /** The last sign of life of each other host. */
  private final Map<String, Sign> signs = new HashMap<>();

  /**
   * A sign of life.
   *
   * @param leaseUntil until when the host counts as alive by it
   * @param seenNanos when this host saw it first, as {@link System#nanoTime()}
   */
  private record Sign(long leaseUntil, long seenNanos) {}

  /** A host, and its last sign of life. */
  record Lost(String id, long leaseUntil) {}

  TakeOver(
      Database database,
      HostIdentity host,
      HostLocks locks,
      DirectoryNames names,
      Retries retries,
      WarningRecords warnings) {
    this.database = database;
    this.host = host;
    this.locks = locks;
    this.names = names;
    this.retries = retries;
    this.warnings = warnings;
  }

  /** Hosts that are not there any more, and those that have batches and signed off. */
  List<Lost> lostHosts(Session session, long now) throws SQLException {
    var lost = new ArrayList<Lost>();
    var alive = new ArrayList<String>();
    session.forEach(
        "SELECT id, lease_until, lease_millis FROM host WHERE state = {alive} AND id <> ?",
        row -> {
          var other = new Lost(row.getString(1), row.getLong(2));
          alive.add(other.id());
          if (isLost(other, row.getLong(3), now)) {
            lost.add(other);
          }
        },
        host.id());
    signs.keySet().retainAll(alive);
    session.forEach(
        """
        SELECT DISTINCT owner FROM batch WHERE state = {running} AND owner <> ?
        AND owner NOT IN (SELECT id FROM host WHERE state = {alive})""",
        row -> lost.add(new Lost(row.getString(1), Long.MIN_VALUE)),
        host.id());
    return lost;
  }

  /**
   * Whether another host is not there any more. Its lock decides where there is one. A host that is
   * stopped has its lock, and of a host without a lock only the lease is known: such a host is lost
   * if it gave no sign of life for the length of its lease, as this host has measured it; or,
   * without a lock, if its lease is over by the clock.
   */
  private boolean isLost(Lost other, long leaseMillis, long now) {
    long nanos = database.nanoTime();
    var sign = signs.get(other.id());
    if (sign == null || sign.leaseUntil() != other.leaseUntil()) {
      sign = new Sign(other.leaseUntil(), nanos);
      signs.put(other.id(), sign);
    }
    var presence = locks.of(other.id());
    return presence == Presence.GONE
        || nanos - sign.seenNanos() > TimeUnit.MILLISECONDS.toNanos(leaseMillis)
        || (presence == Presence.UNKNOWN && other.leaseUntil() < now);
  }

  /** Hosts whose lock shows that their process has ended. */
  List<String> goneHosts(Session session) throws SQLException {
    return session
        .query(
            "SELECT id FROM host WHERE state = {alive} AND id <> ?",
            row -> row.getString(1),
            host.id())
        .stream()
        .filter(id -> locks.of(id) == Presence.GONE)
        .toList();
  }

  /**
   * Takes over from a host, unless it has given a sign of life meanwhile; returns whether it did.
   */
  boolean ifStillLost(Session session, Lost lost, long now) throws SQLException {
    // A host that has no row was pruned.
    boolean isAlive =
        !session
            .query(
                "SELECT id FROM host WHERE id = ? AND state = {alive} AND lease_until <> ?"
                    + database.forUpdate(),
                row -> row.getString(1),
                lost.id(),
                lost.leaseUntil())
            .isEmpty();
    if (!isAlive) {
      from(session, lost.id(), now);
    }
    return !isAlive;
  }

  /**
   * Removes the lock of a host that was taken over from. Only after the transaction: a host that
   * counts as alive in the ledger and has no lock would be waited for until its lease is over.
   */
  void forgetLock(String lost) {
    locks.forget(lost);
  }

  /** Takes over from a host that is gone; {@link #forgetLock} is to follow the transaction. */
  void from(Session session, String lost, long now) throws SQLException {
    session.update("UPDATE host SET state = {lost} WHERE id = ?", lost);
    // What the host is recording at this moment is waited for, and counts.
    session.query(
        "SELECT id FROM batch WHERE state = {running} AND owner = ? ORDER BY id"
            + database.forUpdate(),
        row -> row.getLong(1),
        lost);
    session.update("DELETE FROM running_call WHERE host = ?", lost);
    charge(session, lost, now);
    session.update(
        "UPDATE batch SET state = {ready}, state_since = ?, owner = NULL, suspect = 1, ready_at = "
            + Waits.OLD_PLACE
            + " WHERE state = {running} AND owner = ?",
        now,
        now,
        now,
        lost);
  }

  /** A call that was running when its host died. */
  private record Started(
      long batch, long hook, int attempts, String id, String directory, @Nullable String window) {

    /** The attempt number of the call, starting at 1. */
    int attempt() {
      return attempts + 1;
    }
  }

  private void charge(Session session, String lost, long now) throws SQLException {
    var started =
        session.query(
            """
            SELECT run.batch, run.hook, run.attempts, hook.id, batch.directory, w.name FROM run
            JOIN batch ON batch.id = run.batch JOIN hook ON hook.number = run.hook
            LEFT JOIN event_window w ON w.batch = run.batch
            WHERE run.state = {running} AND batch.state = {running} AND batch.owner = ?""",
            row ->
                new Started(
                    row.getLong(1),
                    row.getLong(2),
                    row.getInt(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6)),
            lost);
    for (var call : started) {
      boolean isDead = retries.isLast(call.id(), call.attempt());
      var message =
          "The host died while this hook ran, at attempt "
              + call.attempt()
              + (isDead ? "; it is a dead letter now." : "; it is tried again.");
      charge(session, lost, call, isDead ? CallState.DEAD : CallState.WAITING, message, now);
      var nextStep = isDead ? "Fix the cause, then replay it." : "It is tried again, alone.";
      warnings.insert(session, now, warning(call, message, nextStep, now));
    }
  }

  private void charge(
      Session session, String lost, Started call, CallState state, String message, long now)
      throws SQLException {
    session.update(
        """
        UPDATE run SET state = ?, attempts = ?, due_at = ?, error_class = '', error = ?,
          stack = '', ended_at = ?, host = ? WHERE batch = ? AND hook = ? AND state = {running}""",
        state.sql(),
        call.attempt(),
        now + retries.millisAfter(call.attempt()),
        message,
        now,
        lost,
        call.batch(),
        call.hook());
  }

  private HookWarning warning(Started call, String message, String nextStep, long now) {
    return new HookWarning(
        Instant.ofEpochMilli(now),
        call.id().substring(0, call.id().indexOf('/')),
        "",
        call.id(),
        call.window() == null ? Site.HOOK : Site.WINDOW,
        call.window() == null ? names.path(call.directory()) : null,
        call.attempt(),
        HookWarning.Kind.FAILED,
        null,
        message,
        "",
        nextStep,
        call.window());
  }
}
