package io.longline.host.cli;

import io.longline.host.app.HostRefusedException;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.SqlLedger;
import java.time.Clock;
import java.time.Duration;

/**
 * Waits, before a host starts, for the server of its ledger, as a host does when the server goes
 * away later. Confined to one thread.
 */
final class LedgerWait {

  /** How long to wait before the server is tried again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final CommandIo io;
  private final EndSignals signals;
  private final Duration limit;
  private final long start = System.nanoTime();
  private boolean hasSaid;

  /**
   * A wait, which begins now.
   *
   * @param signals end it
   * @param limit how long it is at most
   */
  LedgerWait(CommandIo io, EndSignals signals, Duration limit) {
    this.io = io;
    this.signals = signals;
    this.limit = limit;
  }

  /**
   * Waits until a ledger can be reached, or the limit is over, or a signal comes. Only a server is
   * waited for; what else is wrong with the ledger is left to the host.
   */
  void await(LedgerLocation location) throws InterruptedException {
    if (!location.isPostgres()) {
      return;
    }
    while (isUnreachable(location)) {
      if (!mayGoOn() || signals.await(PAUSE)) {
        return;
      }
    }
    if (hasSaid && signals.signal() == null) {
      io.err().println("longline: the ledger " + location + " can be reached.");
      hasSaid = false;
    }
  }

  /**
   * Whether to wait once more for the server of a ledger, which went away while a host started.
   *
   * @param refused why the host has not started
   */
  boolean isToGoOnAfter(HostRefusedException refused) throws InterruptedException {
    if (refused.getCause() instanceof LedgerException e && e.isUnreachable() && mayGoOn()) {
      say(e);
      return !signals.await(PAUSE);
    }
    return false;
  }

  private boolean mayGoOn() {
    return signals.signal() == null && System.nanoTime() - start < limit.toNanos();
  }

  private boolean isUnreachable(LedgerLocation location) {
    try {
      SqlLedger.open(location, LedgerClock.of(Clock.systemUTC())).close();
      return false;
    } catch (LedgerException e) {
      if (e.isUnreachable()) {
        say(e);
      }
      return e.isUnreachable();
    }
  }

  private void say(LedgerException away) {
    if (!hasSaid && !limit.isZero()) {
      io.err()
          .println(
              "longline: %s Waiting for it, for up to %d s."
                  .formatted(away.getMessage(), limit.toSeconds()));
      hasSaid = true;
    }
  }
}
