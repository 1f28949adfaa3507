package io.longline.host.ledger.sql;

import java.sql.SQLException;
import java.util.Collection;

/**
 * The batches that wait for hooks that nobody calls at present. Within a transaction of its caller.
 */
final class ParkedBatches {

  private ParkedBatches() {}

  /** Makes those ready that owe calls of some hooks, or were accepted before there was any hook. */
  static void unpark(Session session, Collection<Long> hooks, long now) throws SQLException {
    if (hooks.isEmpty()) {
      return;
    }
    var enabled = CalledHooks.enabled(hooks);
    session.update(
        "UPDATE batch SET state = {ready}, state_since = ?, ready_at = "
            + Waits.OLD_PLACE
            + " WHERE state = {parked} AND (EXISTS "
            + "(SELECT 1 FROM run WHERE run.batch = batch.id AND run.state = {waiting}"
            + " AND "
            + Waits.IS_CALL_DUE
            + " AND run.hook IN ("
            + enabled
            + ")) OR (settled = '' AND NOT EXISTS (SELECT 1 FROM run WHERE run.batch = batch.id)"
            + " AND EXISTS ("
            + enabled
            + ")))",
        now,
        now,
        now,
        now);
  }

  /** Makes the oldest ready that owes a call of a hook, for its trial. */
  static void unparkOne(Session session, long hook, long now) throws SQLException {
    session.update(
        "UPDATE batch SET state = {ready}, state_since = ?, ready_at = "
            + Waits.OLD_PLACE
            + " WHERE id = (SELECT batch.id FROM batch JOIN run ON run.batch = batch.id"
            + " WHERE batch.state = {parked} AND run.state = {waiting} AND run.hook = ?"
            + " ORDER BY batch.id LIMIT 1)",
        now,
        now,
        now,
        hook);
  }
}
