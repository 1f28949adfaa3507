package io.longline.host.ledger.sql;

import java.sql.SQLException;

/** The calls that batches owe. Within a transaction of its caller. */
final class OwedCalls {

  private static final String RESET =
      """
      UPDATE run SET state = {waiting}, attempts = 0, due_at = ?, error_class = NULL,
        error = NULL, stack = NULL, ended_at = NULL
      WHERE batch = ? AND state IN ({succeeded}, {dead}, {dropped})""";

  private OwedCalls() {}

  /** Owes the installed hooks that the batch has no row for; returns how many that are. */
  static int oweInstalled(Session session, long batch, long now) throws SQLException {
    return session.update(
        """
        INSERT INTO run (batch, hook, state, attempts, due_at)
        SELECT batch.id, hook.number, {waiting}, 0, CAST(? AS BIGINT) FROM batch CROSS JOIN hook
        WHERE batch.id = ? AND hook.enabled = 1
        AND batch.settled NOT LIKE '%,' || hook.number || ',%'
        AND hook.number NOT IN (SELECT hook FROM run WHERE batch = ?)""",
        now, batch, batch);
  }

  /**
   * Owes the installed hooks a batch that was accepted when there was none; false if it was not.
   */
  static boolean oweFirst(Session session, long batch, long now) throws SQLException {
    return session
            .query("SELECT 1 FROM run WHERE batch = ? LIMIT 1", row -> row.getInt(1), batch)
            .isEmpty()
        && oweInstalled(session, batch, now) > 0;
  }

  /** Owes all hooks a batch again, pruned calls too; returns how many calls that are. */
  static int oweAgain(Session session, long batch, long now) throws SQLException {
    session.update("UPDATE batch SET settled = '' WHERE id = ? AND settled <> ''", batch);
    int owed = oweInstalled(session, batch, now);
    return owed + session.update(RESET, now, batch);
  }

  /**
   * Owes one hook a batch, again if its call has ended.
   *
   * @param hook its number
   */
  static void owe(Session session, long batch, long hook, long now) throws SQLException {
    session.update(
        """
        INSERT INTO run (batch, hook, state, attempts, due_at) VALUES (?, ?, {waiting}, 0, ?)
        ON CONFLICT (batch, hook) DO NOTHING""",
        batch,
        hook,
        now);
    session.update(RESET + " AND hook = ?", now, batch, hook);
  }

  /**
   * Whether a hook has succeeded on a batch.
   *
   * @param hook its number
   */
  static boolean hasSucceeded(Session session, long batch, long hook) throws SQLException {
    return !session
        .query(
            """
            SELECT id FROM batch WHERE id = ?
            AND (settled LIKE '%,' || CAST(? AS BIGINT) || ',%' OR EXISTS (SELECT 1 FROM run
              WHERE run.batch = batch.id AND run.hook = ? AND run.state = {succeeded}))""",
            row -> row.getLong(1), batch, hook, hook)
        .isEmpty();
  }

  /** How many calls on a batch are dead letters. */
  static int dead(Session session, long batch) throws SQLException {
    return session
        .query(
            "SELECT count(*) FROM run WHERE batch = ? AND state = {dead}",
            row -> row.getInt(1),
            batch)
        .get(0);
  }
}
