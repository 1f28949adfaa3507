package io.longline.host.work;

import io.longline.host.ledger.Batch;
import io.longline.host.plugins.InstalledHook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that call hooks on batches until there is nothing left. Thread-safe. */
public final class WorkerPool {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  private final Dispatcher dispatcher;
  private final HookRunner runner;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Starts the workers.
   *
   * @param workers how many
   * @param hooks what to call
   * @param runner makes the calls
   * @param onBatchFinished is told when the last call on a batch has ended; on a worker's thread
   * @param factory makes the threads
   */
  public WorkerPool(
      int workers,
      List<InstalledHook> hooks,
      HookRunner runner,
      Consumer<Batch> onBatchFinished,
      ThreadFactory factory) {
    this.dispatcher = new Dispatcher(hooks, onBatchFinished);
    this.runner = runner;
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
          runner.process(run);
        } catch (Throwable e) {
          // The runner guards what hooks do; this is for memory that is so short that it cannot
          // tell of it.
          LOG.error(
              "A call of {} on {} ended without being told.",
              run.hook().id(),
              run.batch().directory(),
              e);
        } finally {
          dispatcher.end(run);
        }
      }
    } catch (InterruptedException e) {
      // Somebody wants this thread to end; there is nothing to tidy up.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Queues a batch for all hooks.
   *
   * @throws IllegalStateException if the pool takes nothing more
   */
  public void offer(Batch batch) {
    dispatcher.offer(batch);
  }

  /** Takes nothing more; what is queued is still worked off. */
  public void endIntake() {
    dispatcher.endIntake();
  }

  /**
   * Takes nothing more and forgets what is queued; calls that run go on to their end.
   *
   * @return the batches that some hook will not be called with
   */
  public List<Batch> abandonQueue() {
    return dispatcher.abandonQueue();
  }

  /** Waits until the last call has ended. To be called after one of the two above. */
  public void await() throws InterruptedException {
    for (var thread : threads) {
      thread.join();
    }
  }
}
