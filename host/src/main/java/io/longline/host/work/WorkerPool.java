package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.event.EventSink;
import io.longline.host.ledger.HostLedger;
import io.longline.host.output.OutputFiles;
import io.longline.host.plugins.InstalledHook;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that call hooks on batches until there is nothing left. Thread-safe. */
public final class WorkerPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  private static final int MIN_CLAIM = 8;

  private final Dispatcher dispatcher;
  private final HookRunner runner;
  private final Committer committer;
  private final Feeder feeder;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Starts the workers.
   *
   * @param workers how many
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
    int claimSize = Math.max(MIN_CLAIM, 4 * workers);
    this.dispatcher = new Dispatcher(hooks, workers, claimSize);
    this.runner = runner;
    this.feeder =
        new Feeder(
            ledger, dispatcher, claimSize, keepAlive, pause, nanoTime, runner::running, factory);
    this.committer =
        new Committer(ledger, outputs, events, clock, pause, feeder::claimEnded, factory);
    for (int i = 0; i < workers; i++) {
      var thread = factory.newThread(this::work);
      threads.add(thread);
      thread.start();
    }
  }

  private void work() {
    try {
      for (var run = dispatcher.take(); run != null; run = dispatcher.take()) {
        try {
          runner.process(run).forEach(committer::submit);
        } catch (Throwable e) {
          // The runner guards what hooks do; this is for memory that is so short that it cannot
          // tell of it.
          LOG.error(
              "Calls of {} on {} ended without being told.",
              run.hooks().stream().map(InstalledHook::id).toList(),
              run.batch().directory(),
              e);
          // Its batch is freed and claimed again.
          feeder.claimEnded(run.claim());
        } finally {
          dispatcher.end(run);
        }
      }
    } catch (InterruptedException e) {
      // Somebody wants this thread to end; there is nothing to tidy up.
      Thread.currentThread().interrupt();
    }
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
    for (var thread : threads) {
      thread.join();
    }
  }

  /** Calls a hook at EXIT. To be called after {@link #await}. */
  public void exit(InstalledHook hook) {
    committer.submit(runner.exit(hook));
  }

  /** Leaves what cannot be recorded. */
  public void giveUp() {
    committer.giveUp();
  }

  /** Waits until everything is recorded. To be called last. */
  @Override
  public void close() {
    committer.close();
    feeder.close();
  }
}
