package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.output.OutputFiles;
import io.longline.host.plugins.InstalledHook;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that call hooks on batches until there is nothing left. Thread-safe. */
public final class WorkerPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  private static final int MIN_CLAIM = 8;

  private static final Duration MIN_TICK = Duration.ofMillis(10);

  private static final Duration MAX_TICK = Duration.ofSeconds(1);

  private final Dispatcher dispatcher;
  private final HookRunner runner;
  private final HostLedger ledger;
  private final Committer committer;
  private final Feeder feeder;
  private final EventSink events;
  private final ThreadFactory factory;
  private final Watchdog watchdog;

  private final int workers;

  /** How many workers there are that have not ended; those that were given up do not count. */
  private final AtomicInteger threads = new AtomicInteger();

  /** How many there are to be. */
  private int size;

  /**
   * Starts the workers.
   *
   * @param workers how many make calls in this process; for each other process one more waits for
   *     it, so that it has its next call at hand
   * @param hooks what to call
   * @param runner makes the calls
   * @param ledger batches come from it
   * @param outputs take what calls write
   * @param events is told of outcomes
   * @param clock the time of warnings
   * @param keepAlive how often the host's lease is renewed
   * @param pause how long to wait before what failed on the ledger or a disk is tried again
   * @param nanoTime as {@link System#nanoTime()}
   * @param factory makes the threads
   */
  public WorkerPool(
      int workers,
      List<InstalledHook> hooks,
      HookRunner runner,
      HostLedger ledger,
      OutputFiles outputs,
      EventSink events,
      Clock clock,
      Duration keepAlive,
      Duration pause,
      LongSupplier nanoTime,
      ThreadFactory factory) {
    this.workers = workers;
    int claimSize = Math.max(MIN_CLAIM, 4 * workers);
    this.dispatcher = new Dispatcher(hooks, workers, claimSize);
    this.runner = runner;
    this.ledger = ledger;
    this.events = events;
    this.factory = factory;
    this.feeder =
        new Feeder(
            ledger, dispatcher, claimSize, keepAlive, pause, nanoTime, runner::running, factory);
    this.committer =
        new Committer(ledger, outputs, events, clock, pause, feeder::claimEnded, factory);
    this.watchdog = new Watchdog(runner::active, this::replace, tick(hooks), factory);
    startUpTo(hooks);
  }

  private synchronized void startUpTo(List<InstalledHook> hooks) {
    long processes =
        hooks.stream()
            .filter(InstalledHook::isIsolated)
            .mapToLong(InstalledHook::process)
            .distinct()
            .count();
    for (; size < workers + processes; size++) {
      start(this::work);
    }
  }

  /** Often enough for the shortest of the times that calls have. */
  static Duration tick(List<InstalledHook> hooks) {
    var shortest =
        hooks.stream().map(InstalledHook::timeout).min(Duration::compareTo).orElse(MAX_TICK);
    var tick = shortest.dividedBy(10);
    return tick.compareTo(MIN_TICK) < 0 ? MIN_TICK : tick.compareTo(MAX_TICK) > 0 ? MAX_TICK : tick;
  }

  private void start(Runnable work) {
    synchronized (threads) {
      threads.incrementAndGet();
    }
    factory.newThread(work).start();
  }

  /** A thread has ended, or was given up and is another's. */
  private void ended() {
    synchronized (threads) {
      threads.decrementAndGet();
      threads.notifyAll();
    }
  }

  private void work() {
    try {
      workOn();
    } catch (GivenUpError e) {
      // Another thread has taken this one's place.
      return;
    }
    ended();
  }

  private void workOn() {
    int generation = dispatcher.generation();
    for (var next = take(generation); next != null; next = take(generation)) {
      var taken = next;
      make(taken, () -> process(taken));
    }
    if (generation != dispatcher.generation()) {
      start(this::work);
    }
  }

  /** Nobody interrupts a worker but hooks, which come too late with it now and then. */
  private @Nullable Assignment take(int generation) {
    for (; ; ) {
      try {
        return dispatcher.take(generation);
      } catch (InterruptedException e) {
        LOG.debug("A hook has interrupted a thread that was not its own any more.");
      }
    }
  }

  private void process(Assignment assignment) {
    var called = new ArrayList<InstalledHook>();
    for (var hook : assignment.hooks()) {
      if (ledger.isPaused(hook.id(), assignment.claim())) {
        committer.submit(runner.postponed(hook, assignment));
      } else {
        called.add(hook);
      }
    }
    if (!called.isEmpty()) {
      runner.process(assignment.of(called)).forEach(committer::submit);
    }
  }

  /** Makes the calls of a assignment, all of which are to be told then. */
  private void make(Assignment assignment, Runnable calls) {
    try {
      calls.run();
    } catch (GivenUpError e) {
      throw e;
    } catch (Throwable e) {
      // The runner guards what hooks do; this is for memory that is so short that it cannot tell of
      // it.
      LOG.error(
          "Calls of {} on {} ended without being told.",
          assignment.hookIds(),
          assignment.batch().directory(),
          e);
      // Its batch is freed and claimed again.
      feeder.claimEnded(assignment.claim());
    }
    dispatcher.end(assignment);
  }

  /** Has a new thread take the place of one that hangs in a hook. */
  private void replace(OpenAssignment given, OpenCall hung) {
    var call = hung.call();
    events.accept(new HostEvent.ThreadGivenUp(call.hook().id(), call.directory()));
    factory
        .newThread(
            () -> {
              var assignment = given.assignment();
              try {
                if (assignment != null) {
                  make(assignment, () -> runner.goOn(given, hung, committer::submit));
                  workOn();
                  ended();
                  return;
                }
                runner.goOn(given, hung, committer::submit);
                given.setOver();
              } catch (GivenUpError e) {
                // The next one goes on.
              }
            })
        .start();
  }

  /** Records in the ledger which hooks are called. */
  @FunctionalInterface
  public interface Registration {
    /** Records it. */
    void make() throws LedgerException;
  }

  /**
   * Calls other hooks from now on. Calls that are being made go on; what was meant for a hook goes
   * to the one of the same id, and waits in the ledger if there is none any more.
   *
   * @param hooks all hooks
   * @param held the ids of those whose calls wait until this is called again
   * @throws LedgerException if that cannot be recorded; nothing has changed then
   */
  public void setHooks(List<InstalledHook> hooks, Set<String> held, Registration registration)
      throws LedgerException {
    var left =
        feeder.change(
            () -> {
              registration.make();
              return dispatcher.setHooks(hooks, held);
            });
    for (var assignment : left) {
      assignment.hooks().forEach(hook -> committer.submit(runner.postponed(hook, assignment)));
    }
    watchdog.setTick(tick(hooks));
    startUpTo(hooks);
    wake();
  }

  /** Waits, whoever interrupts, until no call of these hooks is being made any more. */
  public void awaitEnd(Collection<InstalledHook> hooks) {
    Uninterruptibly.wait(() -> dispatcher.awaitEnd(hooks));
    hooks.forEach(runner::forget);
  }

  /**
   * Has fresh threads take the place of those that have called hooks: a class that is to be
   * unloaded may have left values in them.
   */
  public void renewThreads() {
    dispatcher.renewThreads();
  }

  /** Waits, whoever interrupts, until what has ended so far is recorded and written. */
  public void awaitRecorded() {
    Uninterruptibly.wait(committer::flush);
  }

  /** Says that there may be something new in the ledger. */
  public void wake() {
    feeder.wake();
  }

  /** Has a remark recorded. */
  public void remark(HookWarning remark) {
    committer.remark(remark);
  }

  /**
   * Takes on what is in the ledger until there is nothing more, and ends then.
   *
   * @param withRetries whether calls that will be tried again later are waited for
   */
  public void drain(boolean withRetries) {
    feeder.drain(withRetries ? Feeder.Until.NOTHING_LEFT : Feeder.Until.NOTHING_DUE);
  }

  /** Takes nothing more and leaves what is queued; calls that run go on to their end. */
  public void abandonQueue() {
    dispatcher.abandon();
  }

  /** Waits until the last call has ended. To be called after one of the two above. */
  public void await() throws InterruptedException {
    feeder.await();
    synchronized (threads) {
      while (threads.get() > 0) {
        threads.wait();
      }
    }
  }

  /** Calls a hook at EXIT, and waits until that is over, or given up. */
  public void exit(InstalledHook hook) {
    var current = new AtomicReference<OpenAssignment>();
    var begun = new CountDownLatch(1);
    factory
        .newThread(
            () -> {
              var open = OpenAssignment.atExit();
              current.set(open);
              begun.countDown();
              try {
                committer.submit(runner.exit(open, hook));
                open.setOver();
              } catch (GivenUpError e) {
                // Another thread has taken this one's place.
              }
            })
        .start();
    Uninterruptibly.wait(
        () -> {
          begun.await();
          Objects.requireNonNull(current.get()).awaitOver();
        });
  }

  /** Leaves what cannot be recorded. */
  public void giveUp() {
    committer.giveUp();
  }

  /** Waits until everything is recorded. To be called last. */
  @Override
  public void close() {
    watchdog.close();
    committer.close();
    feeder.close();
  }
}
