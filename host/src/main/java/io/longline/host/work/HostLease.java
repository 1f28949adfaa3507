package io.longline.host.work;

import static java.util.stream.Collectors.toSet;

import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.RunningCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * This host's signs of life in the ledger: renews the lease, and shows the calls that take long.
 * Confined to the feeder's thread.
 */
public final class HostLease {

  /** Calls that have been running for this long are shown, and the list is renewed as often. */
  private static final Duration SHOWN = Duration.ofSeconds(1);

  private final HostLedger ledger;
  private final OpenClaims claims;
  private final Duration interval;
  private final LongSupplier nanoTime;
  private final Supplier<List<RunningCall>> running;
  private long lastRenewed;
  private long lastShown;

  /** The calls that are shown, without their age. */
  private Set<RunningCall> shown = Set.of();

  /**
   * Creates a lease that was just taken.
   *
   * @param claims the batches that this host keeps
   * @param interval how often the lease is renewed
   * @param nanoTime as {@link System#nanoTime()}
   * @param running the calls that are being made
   */
  public HostLease(
      HostLedger ledger,
      OpenClaims claims,
      Duration interval,
      LongSupplier nanoTime,
      Supplier<List<RunningCall>> running) {
    this.ledger = ledger;
    this.claims = claims;
    this.interval = interval;
    this.nanoTime = nanoTime;
    this.running = running;
    this.lastRenewed = nanoTime.getAsLong();
    this.lastShown = lastRenewed;
  }

  /**
   * Renews the lease and the list of calls when they are due.
   *
   * @return whether calls of a hook that was paused may be due now
   */
  boolean renew() throws LedgerException {
    long now = nanoTime.getAsLong();
    if (now - lastRenewed >= interval.toNanos()) {
      ledger.keepAlive(claims.batches());
      lastRenewed = now;
    }
    if (now - lastShown < SHOWN.toNanos()) {
      return false;
    }
    show();
    boolean isResumed = ledger.refreshPauses();
    lastShown = now;
    return isResumed;
  }

  /** Has the lease renewed the next time, and with it the ledger's list of this host's batches. */
  void expire() {
    lastRenewed = nanoTime.getAsLong() - interval.toNanos();
  }

  /** Publishes the calls that take long, if they have changed. */
  private void show() throws LedgerException {
    var calls = running.get().stream().filter(call -> call.age().compareTo(SHOWN) >= 0).toList();
    var current =
        calls.stream()
            .map(call -> new RunningCall(call.hook(), call.directory(), Duration.ZERO))
            .collect(toSet());
    if (!current.equals(shown)) {
      ledger.show(calls);
      shown = current;
    }
  }
}
