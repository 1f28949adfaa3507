package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.call.Assignment;
import io.longline.host.call.Calls;
import io.longline.host.call.GivenUpError;
import io.longline.host.call.OpenAssignment;
import io.longline.host.call.OpenCall;
import io.longline.host.call.Watchdog;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.RunningCall;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that call hooks on batches until there is nothing left. Thread-safe. */
public final class WorkerPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  private final int workers;
  private final Dispatcher dispatcher;
  private final Feeder feeder;
  private final Calls calls;
  private final Committer committer;
  private final HostLoops loops;
  private final Watchdog watchdog;

  /** Counts the threads, for their names. */
  private final AtomicInteger numbers = new AtomicInteger();

  private final ResultlessCalls resultless = new ResultlessCalls();

  /** The number of workers that have not ended, without those that were given up. */
  private final AtomicInteger threads = new AtomicInteger();

  /** The intended number of workers. */
  private int size;

  /**
   * Creates a pool, which is yet to be started.
   *
   * @param workers the number that make calls in this process; each plugin process has one more
   *     worker that waits for it, so that its next call is ready
   * @param dispatcher hands out the assignments
   * @param feeder fills the dispatcher
   * @param calls makes the calls
   * @param committer receives the calls that have ended
   * @param loops starts the threads
   */
  public WorkerPool(
      int workers,
      Dispatcher dispatcher,
      Feeder feeder,
      Calls calls,
      Committer committer,
      HostLoops loops) {
    this.workers = workers;
    this.dispatcher = dispatcher;
    this.feeder = feeder;
    this.calls = calls;
    this.committer = committer;
    this.loops = loops;
    this.watchdog = new Watchdog(calls::active, this::replace);
  }

  /**
   * The number of batches that a pool of this size claims at once, so that workers need not wait.
   */
  public static int claimSize(int workers) {
    return Math.max(8, 4 * workers);
  }

  /** Has a warning recorded, then reported. */
  public void report(HookWarning warning) {
    committer.remark(warning);
  }

  /** Starts feeder, committer, watchdog, and the workers for these hooks. */
  public void start(List<CalledHook> hooks) {
    committer.start(loops);
    feeder.start(loops);
    watchdog.setTick(Watchdog.tick(hooks));
    watchdog.start(loops);
    startUpTo(hooks);
  }

  private synchronized void startUpTo(List<CalledHook> hooks) {
    long processes =
        hooks.stream()
            .map(CalledHook::place)
            .filter(HookPlace.InProcess.class::isInstance)
            .distinct()
            .count();
    for (; size < workers + processes; size++) {
      startWorker();
    }
  }

  private void startWorker() {
    synchronized (threads) {
      threads.incrementAndGet();
    }
    try {
      start(this::work);
    } catch (Throwable e) {
      // Most likely the machine has no room for another thread.
      workerEnded();
      throw e;
    }
  }

  /** Starts a thread that ends when there is no more to do. */
  private void start(Runnable body) {
    loops.start("hook-worker-" + numbers.incrementAndGet(), body, () -> true);
  }

  private void workerEnded() {
    synchronized (threads) {
      threads.decrementAndGet();
      threads.notifyAll();
    }
  }

  private void work() {
    try {
      takeAll();
    } catch (GivenUpError e) {
      // Another thread has taken this one's place.
      return;
    } catch (Throwable e) {
      workerEnded();
      throw e;
    }
    workerEnded();
  }

  private void takeAll() {
    int generation = dispatcher.generation();
    for (var next = take(generation); next != null; next = take(generation)) {
      var taken = next;
      make(taken, () -> call(taken));
    }
    if (generation != dispatcher.generation()) {
      startWorker();
    }
  }

  /**
   * Clears an interrupt: only hooks interrupt a worker, and sometimes too late, after their call.
   */
  private @Nullable Assignment take(int generation) {
    for (; ; ) {
      try {
        return dispatcher.take(generation);
      } catch (InterruptedException e) {
        LOG.debug("A hook interrupted a thread after its call had ended.");
      }
    }
  }

  private void call(Assignment assignment) {
    var called = new ArrayList<CalledHook>();
    for (var hook : assignment.hooks()) {
      if (assignment.claim().mayCall(hook.id())) {
        called.add(hook);
      } else {
        committer.submit(calls.postponed(hook, assignment));
      }
    }
    if (!called.isEmpty()) {
      calls.make(assignment.of(called)).forEach(committer::submit);
    }
  }

  /** Makes the calls of an assignment; all of them are to be submitted afterwards. */
  private void make(Assignment assignment, Runnable work) {
    try {
      work.run();
      resultless.clear();
    } catch (GivenUpError e) {
      throw e;
    } catch (Throwable e) {
      committer.release(assignment.claim());
      dispatcher.end(assignment);
      resultless.count(assignment, e);
      return;
    }
    dispatcher.end(assignment);
  }

  /** Has a new thread take the place of one that hangs in a hook. */
  private void replace(OpenAssignment given, OpenCall hung) {
    start(() -> continueWith(given, hung));
  }

  private void continueWith(OpenAssignment given, OpenCall hung) {
    var assignment = given.assignment();
    try {
      if (assignment == null) {
        calls.continueAfter(given, hung, committer::submit);
        given.setOver();
        return;
      }
      make(assignment, () -> calls.continueAfter(given, hung, committer::submit));
      takeAll();
      workerEnded();
    } catch (GivenUpError e) {
      // The next one continues.
    } catch (Throwable e) {
      given.setOver();
      if (assignment != null) {
        workerEnded();
      }
      throw e;
    }
  }

  /**
   * Changes the hooks that are called. Calls that are being made continue; batches queued for a
   * hook go to the new hook with its id, or wait in the ledger if there is no such hook.
   *
   * @param hooks all hooks
   * @param held the ids of the hooks whose calls wait until {@link #hold} is called with other ids
   * @param registration recorded together with the change
   * @throws LedgerException if it cannot be recorded; nothing has changed in that case
   */
  public void exchange(List<CalledHook> hooks, Set<String> held, HookRegistration registration)
      throws LedgerException {
    var left =
        feeder.change(
            () -> {
              registration.make();
              return dispatcher.exchange(hooks, held);
            });
    for (var assignment : left) {
      assignment.hooks().forEach(hook -> committer.submit(calls.postponed(hook, assignment)));
    }
    watchdog.setTick(Watchdog.tick(hooks));
    startUpTo(hooks);
    dispatcher.wake();
  }

  /** Has the calls of these hooks, by id, wait until this is called again; the others continue. */
  public void hold(Set<String> held) {
    dispatcher.hold(held);
    dispatcher.wake();
  }

  /** Waits uninterruptibly until no call of these hooks is being made. */
  public void awaitEnd(Collection<CalledHook> hooks) {
    Uninterruptibly.wait(() -> dispatcher.awaitEnd(hooks));
    hooks.forEach(calls::forget);
  }

  /**
   * Replaces the threads that have called hooks: a class that is to be unloaded may have left
   * values in them.
   */
  public void renewThreads() {
    dispatcher.renewThreads();
  }

  /**
   * Processes the batches in the ledger until there are no more, and then ends.
   *
   * @param withRetries whether calls that will be tried again later are waited for
   * @param withWindows whether windows are closed when nothing else is left, and done
   */
  public void drain(boolean withRetries, boolean withWindows) {
    feeder.drain(withRetries ? Feeder.Until.NOTHING_LEFT : Feeder.Until.NOTHING_DUE, withWindows);
  }

  /** Takes nothing more and leaves the queued batches; calls that are being made continue. */
  public void abandonQueue() {
    dispatcher.abandon();
  }

  /** Waits until the last call has ended. To be called after one of the two methods above. */
  public void await() throws InterruptedException {
    dispatcher.awaitEnd();
    synchronized (threads) {
      while (threads.get() > 0) {
        threads.wait();
      }
    }
  }

  /** Calls a hook at EXIT, and waits until the call has ended or was given up. */
  public void exit(CalledHook hook) {
    var current = new AtomicReference<OpenAssignment>();
    var begun = new CountDownLatch(1);
    start(
        () -> {
          var open = OpenAssignment.atExit();
          current.set(open);
          begun.countDown();
          try {
            committer.submit(calls.exit(open, hook));
            open.setOver();
          } catch (GivenUpError e) {
            // Another thread has taken this one's place.
          } catch (Throwable e) {
            open.setOver();
            throw e;
          }
        });
    Uninterruptibly.wait(
        () -> {
          begun.await();
          Objects.requireNonNull(current.get()).awaitOver();
        });
  }

  /** The calls on log directories that are being made. */
  public List<RunningCall> running() {
    return calls.running();
  }

  /** Waits uninterruptibly until all calls that have ended are recorded and written. */
  public void awaitRecorded() {
    committer.awaitRecorded();
  }

  /** Stops retrying to record when the ledger or a disk does not work. */
  public void giveUp() {
    committer.giveUp();
  }

  /** Waits until everything is recorded, and gives up the lease. To be called last. */
  @Override
  public void close() {
    watchdog.close();
    committer.close();
    feeder.close();
  }
}
