package io.longline.host.ledger;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The clock of a ledger. On SQLite it is the machine's; on PostgreSQL the database's, so that hosts
 * with wrong clocks agree. Immutable.
 *
 * @param clock the machine's
 * @param shiftMillis added to the database's time
 */
public record LedgerClock(Clock clock, LongSupplier shiftMillis) {

  /** The time as it is. */
  public static LedgerClock of(Clock clock) {
    return new LedgerClock(clock, () -> 0);
  }
}
