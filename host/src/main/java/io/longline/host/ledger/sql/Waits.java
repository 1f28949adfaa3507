package io.longline.host.ledger.sql;

/**
 * What waits, as conditions for SQL. Immutable.
 *
 * <p>A wait is the time from its beginning to its end. At a time outside of that nothing waits: not
 * after it, and not before it either, since then the clock was set back. So nothing waits for
 * longer than was meant, whatever the clock does; and what was due when it was written has no wait
 * at all.
 */
final class Waits {

  /** That a call that is owed is due; it has one value, the time. */
  static final String IS_CALL_DUE =
      "(run.ended_at IS NULL OR ? NOT BETWEEN run.ended_at AND run.due_at - 1)";

  /** An expression: the time that a batch was accepted at, but never later than now (a value). */
  static final String OLD_PLACE =
      "CASE WHEN created_at < CAST(? AS BIGINT) THEN created_at ELSE CAST(? AS BIGINT) END";

  private Waits() {}

  /** Whether a wait is over, or not begun, at a time. */
  static boolean isOver(long since, long until, long now) {
    return now < since || now >= until;
  }
}
