package io.longline.host.work;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerGoneException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims batches in the ledger when hooks run short of them, and keeps the host's lease, on a
 * thread of its own. Thread-safe.
 */
public final class Feeder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);

  /** How often the ledger is searched for batches of other processes. */
  private static final long POLL_MILLIS = 250;

  /** The number of batches in its lane at which a hook gets no more for now. */
  private static final int FULL_LANE = 1_000;

  private static final long MAX_ALONE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** How long one pass may take, before this loop counts as stuck. */
  private static final Duration PASS_LIMIT = Duration.ofMinutes(5);

  private final HostLedger ledger;
  private final Dispatcher dispatcher;
  private final OpenClaims claims;
  private final HostLease lease;
  private final int claimSize;
  private final Duration pause;
  private final LongSupplier nanoTime;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Held while batches are claimed for the hooks that are called, and while those change. */
  private final Object hooksInUse = new Object();

  private volatile Until until = Until.ENDLESS;
  private volatile boolean isClosingWindows;

  /** Whether anything was claimed since windows were closed. */
  private boolean hasClaimed = true;

  private final Shortages shortages = new Shortages();
  private boolean isComplaining;

  /** Whether claims may have been opened that no worker will ever get. */
  private boolean isHalfOffered;

  /**
   * The call of a suspect batch that is being made; null if there is no such call. Confined to the
   * thread.
   */
  private @Nullable Claim alone;

  /** When waiting for, or because of, a suspect batch began; 0 if nothing waits. */
  private long aloneSince;

  /** How long the feeder continues. */
  enum Until {
    /** Without end. */
    ENDLESS,
    /** Until nothing is due. */
    NOTHING_DUE,
    /** Until nothing is left, retries included. */
    NOTHING_LEFT
  }

  /** The next action after a step. */
  enum Next {
    /** Make another step at once. */
    CONTINUE,
    /** Wait until there may be something new, or a lane runs short of batches. */
    AWAIT_NEED,
    /** Wait until there may be something new. */
    AWAIT_NEWS,
    /** Claim nothing more. */
    END
  }

  /**
   * Creates a feeder, which is yet to be started.
   *
   * @param dispatcher receives the batches
   * @param claims receives the claims
   * @param lease is renewed by this thread
   * @param claimSize the number of batches that are claimed at once
   * @param pause how long to wait before a ledger that failed is used again
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Feeder(
      HostLedger ledger,
      Dispatcher dispatcher,
      OpenClaims claims,
      HostLease lease,
      int claimSize,
      Duration pause,
      LongSupplier nanoTime) {
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.claims = claims;
    this.lease = lease;
    this.claimSize = claimSize;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /** Starts the thread. */
  void start(HostLoops loops) {
    loops.start("feeder", PASS_LIMIT, this::feed, () -> closed.getCount() == 0);
  }

  private void feed() {
    while (!dispatcher.isEnded()) {
      HostThread.pass();
      guarded(() -> follow(step()));
    }
    // The calls that are being made continue, and this host must keep their batches.
    while (!Uninterruptibly.pause(closed, POLL_MILLIS)) {
      HostThread.pass();
      guarded(this::renewLease);
    }
  }

  /** A piece of work with the ledger. */
  interface Work {
    /** Does it. */
    void make() throws LedgerException;
  }

  /**
   * Does some work; if the ledger fails or memory is short, waits, and has the lease renewed before
   * the next.
   */
  void guarded(Work work) {
    try {
      work.make();
      isComplaining = false;
      shortages.clear();
    } catch (LedgerGoneException e) {
      throw new UncheckedIOException(e);
    } catch (LedgerException | RuntimeException e) {
      retry(e);
    } catch (OutOfMemoryError e) {
      if (isHalfOffered) {
        throw e;
      }
      shortages.count(e);
      retry(e);
    }
  }

  private void retry(Throwable e) {
    if (!isComplaining) {
      LOG.error("{} Trying again.", e instanceof Error ? e + "." : e.getMessage());
      LOG.debug("The cause.", e);
      isComplaining = true;
    }
    // A claim may have been committed although the reply was lost.
    lease.expire();
    var unused = Uninterruptibly.pause(closed, pause.toMillis());
  }

  private void follow(Next next) {
    try {
      switch (next) {
        case CONTINUE -> {}
        case AWAIT_NEED -> dispatcher.awaitNeed(POLL_MILLIS);
        case AWAIT_NEWS -> dispatcher.awaitNews(POLL_MILLIS);
        case END -> dispatcher.end();
      }
    } catch (InterruptedException e) {
      LOG.debug("An interrupt ends only this wait.", e);
    }
  }

  /** Makes one step, waiting only for the ledger. */
  Next step() throws LedgerException {
    renewLease();
    boolean mayClaim = dispatcher.hasHooks() && dispatcher.isHungry() && !isWaitingAlone();
    if (!mayClaim && dispatcher.hasHooks()) {
      return alone == null ? Next.AWAIT_NEED : Next.AWAIT_NEWS;
    }
    if (mayClaim && ledger.nextDue() <= 0) {
      return claimAndOffer() ? Next.CONTINUE : Next.AWAIT_NEWS;
    }
    return isDrained() ? Next.END : Next.AWAIT_NEWS;
  }

  private void renewLease() throws LedgerException {
    if (lease.renew()) {
      dispatcher.wake();
    }
  }

  /** Returns whether something was claimed. */
  private boolean claimAndOffer() throws LedgerException {
    synchronized (hooksInUse) {
      var claimed = claim();
      hasClaimed |= !claimed.isEmpty();
      isHalfOffered = true;
      claims.open(claimed);
      claimed.forEach(dispatcher::offer);
      isHalfOffered = false;
      return !claimed.isEmpty();
    }
  }

  private List<Claim> claim() throws LedgerException {
    if (!ledger.isSuspectDue()) {
      ledger.setBusy(dispatcher.busy(FULL_LANE));
      return ledger.claim(claimSize);
    }
    if (!claims.isEmpty() && hasWaited() < MAX_ALONE_NANOS) {
      return List.of();
    }
    aloneSince = 0;
    var suspect = ledger.claimSuspect();
    alone = suspect.isEmpty() ? null : suspect.get(0);
    return suspect;
  }

  /**
   * Whether a call of a suspect batch is being made, which must be made alone: if the host dies,
   * that call is the cause. Only for a limited time, since the call may hang.
   */
  private boolean isWaitingAlone() {
    var current = alone;
    if (current == null) {
      return false;
    }
    if (claims.isOpen(current) && hasWaited() < MAX_ALONE_NANOS) {
      return true;
    }
    alone = null;
    aloneSince = 0;
    return false;
  }

  private long hasWaited() {
    long now = nanoTime.getAsLong();
    if (aloneSince == 0) {
      aloneSince = now;
    }
    return now - aloneSince;
  }

  /** Whether there is nothing left to wait for. Open calls may still have to be retried. */
  private boolean isDrained() throws LedgerException {
    if (until == Until.ENDLESS || !claims.isEmpty()) {
      return false;
    }
    if (!dispatcher.hasHooks()) {
      return true;
    }
    long due = ledger.nextDue();
    boolean isNothingLeft = until == Until.NOTHING_DUE ? due > 0 : due == Long.MAX_VALUE;
    return isNothingLeft && !closesWindows();
  }

  /**
   * Closes the windows when nothing else is left, so that they are left to do; again if batches
   * were processed meanwhile, since their facts may have opened some again.
   */
  private boolean closesWindows() throws LedgerException {
    if (!isClosingWindows || !hasClaimed) {
      return false;
    }
    boolean hasClosed = ledger.closeWindows(0) > 0;
    hasClaimed = false;
    return hasClosed;
  }

  /** A change of the hooks that are called. */
  interface Change<T> {
    T make() throws LedgerException;
  }

  /** Changes the hooks that are called, while no batch is claimed for the previous ones. */
  <T> T change(Change<T> change) throws LedgerException {
    synchronized (hooksInUse) {
      return change.make();
    }
  }

  /**
   * Runs until there is nothing more to do.
   *
   * @param withWindows whether windows are closed then, and done
   */
  void drain(Until limit, boolean withWindows) {
    isClosingWindows = withWindows;
    until = limit;
    dispatcher.wake();
  }

  /** Stops renewing the lease. */
  @Override
  public void close() {
    closed.countDown();
  }
}
