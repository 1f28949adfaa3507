package io.longline.host.ledger.sql;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.HostIdentity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  TakeOver(
      Database database,
      HostIdentity host,
      DirectoryNames names,
      Retries retries,
      WarningRecords warnings) {
    this.database = database;
    this.host = host;
    this.names = names;
    this.retries = retries;
    this.warnings = warnings;
  }

  /** Hosts that gave no sign of life in time, and those that have batches and signed off. */
  List<String> lostHosts(Session session, long now) throws SQLException {
    return session.query(
        """
        SELECT id FROM host WHERE state = {alive} AND lease_until < ? AND id <> ?
        UNION SELECT owner FROM batch WHERE state = {running} AND owner <> ?
          AND owner NOT IN (SELECT id FROM host WHERE state = {alive})""",
        row -> row.getString(1),
        now,
        host.id(),
        host.id());
  }

  /** Hosts of this machine whose process is gone. */
  List<String> deadProcesses(Session session) throws SQLException {
    var dead = new ArrayList<String>();
    session.forEach(
        "SELECT id, pid, process_start FROM host WHERE state = {alive} AND machine = ?",
        row -> {
          boolean isOther = !row.getString(1).equals(host.id());
          if (isOther && !HostIdentity.isAlive(row.getLong(2), row.getLong(3))) {
            dead.add(row.getString(1));
          }
        },
        host.machine());
    return dead;
  }

  /** Takes over from a host, unless it has given a sign of life meanwhile. */
  void ifStillLost(Session session, String lost, long now) throws SQLException {
    // A host that has no row was pruned.
    boolean isAlive =
        !session
            .query(
                "SELECT id FROM host WHERE id = ? AND state = {alive} AND lease_until >= ?"
                    + database.forUpdate(),
                row -> row.getString(1),
                lost,
                now)
            .isEmpty();
    if (!isAlive) {
      from(session, lost, now);
    }
  }

  /** Takes over from a host that is gone. */
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
        """
        UPDATE batch SET state = {ready}, ready_at = created_at, owner = NULL, suspect = 1
        WHERE state = {running} AND owner = ?""",
        lost);
  }

  /** A call that was running when its host died. */
  private record Started(long batch, long hook, int attempts, String id, String directory) {

    /** The attempt number of the call, starting at 1. */
    int attempt() {
      return attempts + 1;
    }
  }

  private void charge(Session session, String lost, long now) throws SQLException {
    var started =
        session.query(
            """
            SELECT run.batch, run.hook, run.attempts, hook.id, batch.directory FROM run
            JOIN batch ON batch.id = run.batch JOIN hook ON hook.number = run.hook
            WHERE run.state = {running} AND batch.state = {running} AND batch.owner = ?""",
            row ->
                new Started(
                    row.getLong(1),
                    row.getLong(2),
                    row.getInt(3),
                    row.getString(4),
                    row.getString(5)),
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
        Site.HOOK,
        names.path(call.directory()),
        call.attempt(),
        HookWarning.Kind.FAILED,
        null,
        message,
        "",
        nextStep);
  }
}
