package io.longline.host.ledger;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The clock of a ledger. On SQLite it is the machine's; on PostgreSQL the database's, so that hosts
 * with wrong clocks agree. Immutable.
 *
 * @param clock the machine's
 * @param shiftMillis added to the database's time
 * @param nanoTime as {@link System#nanoTime()}; measures time where the clock may have been set
 */
public record LedgerClock(Clock clock, LongSupplier shiftMillis, LongSupplier nanoTime) {

  /** A clock that is shifted. */
  public LedgerClock(Clock clock, LongSupplier shiftMillis) {
    this(clock, shiftMillis, System::nanoTime);
  }

  /** The time as it is. */
  public static LedgerClock of(Clock clock) {
    return new LedgerClock(clock, () -> 0);
  }
}
