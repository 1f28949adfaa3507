package io.longline.host.work;

import static java.util.stream.Collectors.toSet;

import io.longline.host.ledger.Claim;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.RunningCall;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from the ledger when hooks run short of them, and keeps the host's lease, on a
 * thread of its own. Thread-safe.
 */
final class Feeder {

  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);

  /** How often the ledger is looked at for batches of other processes. */
  private static final long POLL_MILLIS = 250;

  /** With so many batches in its lane, a hook gets no more for now. */
  private static final int FULL_LANE = 1_000;

  /** Calls that have been running for so long are shown, and that they are so often. */
  private static final Duration SHOWN = Duration.ofSeconds(1);

  private static final long MAX_ALONE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final HostLedger ledger;
  private final Dispatcher dispatcher;
  private final int claimSize;
  private final LongSupplier nanoTime;
  private final Supplier<List<RunningCall>> running;
  private final long keepAliveNanos;
  private final long pauseMillis;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What this host works on. A batch may be claimed again before the last claim is ticked off. */
  private final Set<Claim> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

  /** Held while batches are taken for the hooks that are called, and while those are changed. */
  private final Object hooksInUse = new Object();

  private volatile Until until = Until.ENDLESS;
  private long lastAlive;
  private long lastShown;

  /** The calls that are shown, without their age. */
  private Set<RunningCall> shown = Set.of();

  private boolean isComplaining;

  /** A call of a suspect batch that runs; null if none does. Confined to the thread. */
  private @Nullable Claim alone;

  /** Since when something is waited for on behalf of a suspect batch; 0 if nothing is. */
  private long aloneSince;

  /** How far to go. */
  enum Until {
    /** On and on. */
    ENDLESS,
    /** Until nothing is due. */
    NOTHING_DUE,
    /** Until nothing is left, retries included. */
    NOTHING_LEFT
  }

  /**
   * Starts the thread.
   *
   * @param claimSize how many batches are taken at once
   * @param keepAlive how often the lease is renewed
   * @param pause how long to wait before a ledger that failed is used again
   * @param running the calls that run, for people
   */
  Feeder(
      HostLedger ledger,
      Dispatcher dispatcher,
      int claimSize,
      Duration keepAlive,
      Duration pause,
      LongSupplier nanoTime,
      Supplier<List<RunningCall>> running,
      ThreadFactory factory) {
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.claimSize = claimSize;
    this.keepAliveNanos = keepAlive.toNanos();
    this.pauseMillis = pause.toMillis();
    this.nanoTime = nanoTime;
    this.running = running;
    this.lastAlive = nanoTime.getAsLong();
    this.lastShown = lastAlive;
    factory.newThread(this::feedAll).start();
  }

  private void feedAll() {
    try {
      while (!dispatcher.isEnded()) {
        guarded(this::feedOnce);
      }
      // What runs goes on, and its batches are to stay this host's.
      while (!closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        guarded(this::keepAlive);
      }
    } catch (InterruptedException e) {
      // Somebody wants this thread to end.
      dispatcher.end();
    }
  }

  private interface Step {
    void take() throws LedgerException, InterruptedException;
  }

  private void guarded(Step step) throws InterruptedException {
    try {
      step.take();
      isComplaining = false;
    } catch (LedgerException | RuntimeException e) {
      if (!isComplaining) {
        LOG.error("{} Trying again.", String.valueOf(e.getMessage()));
        LOG.debug("The cause.", e);
        isComplaining = true;
      }
      // A claim may have been committed although the answer was lost.
      lastAlive = nanoTime.getAsLong() - keepAliveNanos;
      closed.await(pauseMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void feedOnce() throws LedgerException, InterruptedException {
    keepAlive();
    boolean mayClaim = dispatcher.hasHooks() && dispatcher.isHungry() && !isWaitingAlone();
    if (!mayClaim && dispatcher.hasHooks()) {
      dispatcher.pause(POLL_MILLIS, alone == null);
      return;
    }
    if (mayClaim && ledger.nextDue() <= 0) {
      claimAndOffer();
      return;
    }
    if (isDrained()) {
      dispatcher.end();
      return;
    }
    dispatcher.pause(POLL_MILLIS, false);
  }

  /** Takes batches, if there are any due, and hands them on. */
  private void claimAndOffer() throws LedgerException, InterruptedException {
    List<Claim> claims;
    synchronized (hooksInUse) {
      claims = claims();
      open.addAll(claims);
      claims.forEach(dispatcher::offer);
    }
    if (claims.isEmpty()) {
      dispatcher.pause(POLL_MILLIS, false);
    }
  }

  private List<Claim> claims() throws LedgerException {
    if (!ledger.isSuspectDue()) {
      ledger.setBusy(dispatcher.busy(FULL_LANE));
      return ledger.claim(claimSize);
    }
    if (!open.isEmpty() && waitedFor(nanoTime.getAsLong()) < MAX_ALONE_NANOS) {
      return List.of();
    }
    aloneSince = 0;
    var claims = ledger.claimSuspect();
    alone = claims.isEmpty() ? null : claims.get(0);
    return claims;
  }

  /**
   * Whether a call of a suspect batch runs, beside which nothing else is to run: if the host dies,
   * it was that one. For a while only, since it may hang.
   */
  private boolean isWaitingAlone() {
    var current = alone;
    if (current != null
        && open.contains(current)
        && waitedFor(nanoTime.getAsLong()) < MAX_ALONE_NANOS) {
      return true;
    }
    if (current != null) {
      alone = null;
      aloneSince = 0;
    }
    return false;
  }

  private long waitedFor(long now) {
    if (aloneSince == 0) {
      aloneSince = now;
    }
    return now - aloneSince;
  }

  private void keepAlive() throws LedgerException {
    long now = nanoTime.getAsLong();
    if (now - lastAlive >= keepAliveNanos) {
      ledger.keepAlive(open.stream().map(claim -> claim.batch().number()).toList());
      lastAlive = now;
    }
    if (now - lastShown >= SHOWN.toNanos()) {
      show();
      if (ledger.lookAtPauses()) {
        dispatcher.wake();
      }
      lastShown = now;
    }
  }

  /** Shows people the calls that take long, when they are others than before. */
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

  /** Whether there is nothing left to wait for. What is open may still have to be tried again. */
  private boolean isDrained() throws LedgerException {
    if (until == Until.ENDLESS || !open.isEmpty()) {
      return false;
    }
    if (!dispatcher.hasHooks()) {
      return true;
    }
    long due = ledger.nextDue();
    return until == Until.NOTHING_DUE ? due > 0 : due == Long.MAX_VALUE;
  }

  /** Says that all calls of a claim are recorded. */
  void claimEnded(Claim claim) {
    open.remove(claim);
    dispatcher.wake();
  }

  /** A change of the hooks that are called. */
  interface Change<T> {
    T make() throws LedgerException;
  }

  /** Makes a change of the hooks that are called while no batch is taken for those before. */
  <T> T change(Change<T> change) throws LedgerException {
    synchronized (hooksInUse) {
      return change.make();
    }
  }

  /** Looks at the ledger at once. */
  void wake() {
    dispatcher.wake();
  }

  /** Goes on until there is nothing more. */
  void drain(Until until) {
    this.until = until;
    dispatcher.wake();
  }

  /** Waits until nothing more is taken. */
  void await() throws InterruptedException {
    dispatcher.awaitEnd();
  }

  /** Ends the renewing of the lease. */
  void close() {
    closed.countDown();
  }
}
