package io.longline.host.work;

import io.longline.api.Site;
import io.longline.host.ledger.Batch;
import io.longline.host.plugins.InstalledHook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pairs batches with hooks. Thread-safe.
 *
 * <p>Each hook has a lane of batches that it still owes a call. A worker that is free gets, of the
 * hooks that may be called once more at the same time, the one whose next batch is oldest: so the
 * hooks stay close together on one batch's files, and a hook that is slow, or hangs, holds up its
 * own lane alone.
 */
final class Dispatcher {

  private final List<Lane> lanes = new ArrayList<>();
  private final Consumer<Batch> onBatchFinished;
  private final Map<Batch, Integer> unfinished = new HashMap<>();
  private boolean intakeEnded;

  private static final class Lane {
    final InstalledHook hook;
    final Deque<Batch> owed = new ArrayDeque<>();
    int running;

    Lane(InstalledHook hook) {
      this.hook = hook;
    }

    boolean isFree() {
      return running < hook.maxConcurrency() && !owed.isEmpty();
    }
  }

  /**
   * A dispatcher to these hooks, of which it takes those with the site HOOK.
   *
   * @param onBatchFinished is told when the last call on a batch has ended; on the worker's thread
   */
  Dispatcher(List<InstalledHook> hooks, Consumer<Batch> onBatchFinished) {
    for (var hook : hooks) {
      if (hook.sites().contains(Site.HOOK)) {
        lanes.add(new Lane(hook));
      }
    }
    this.onBatchFinished = onBatchFinished;
  }

  /** Queues a batch for all hooks. */
  void offer(Batch batch) {
    synchronized (this) {
      if (intakeEnded) {
        throw new IllegalStateException("The host takes nothing more; it is closing.");
      }
      for (var lane : lanes) {
        lane.owed.add(batch);
      }
      if (!lanes.isEmpty()) {
        unfinished.put(batch, lanes.size());
        notifyAll();
        return;
      }
    }
    onBatchFinished.accept(batch);
  }

  /**
   * Waits for a call that can be made, and takes it.
   *
   * @return null when there will be no more
   */
  synchronized @Nullable Run take() throws InterruptedException {
    for (; ; ) {
      var lane = oldestFree();
      if (lane != null) {
        lane.running++;
        return new Run(lane.hook, lane.owed.removeFirst(), 1);
      }
      if (intakeEnded && lanes.stream().allMatch(each -> each.owed.isEmpty())) {
        return null;
      }
      wait();
    }
  }

  private @Nullable Lane oldestFree() {
    Lane oldest = null;
    for (var lane : lanes) {
      if (lane.isFree()
          && (oldest == null || lane.owed.getFirst().number() < oldest.owed.getFirst().number())) {
        oldest = lane;
      }
    }
    return oldest;
  }

  /** Ends a call that was taken. */
  void end(Run run) {
    synchronized (this) {
      for (var lane : lanes) {
        if (lane.hook.equals(run.hook())) {
          lane.running--;
        }
      }
      notifyAll();
      if (countDown(run.batch()) != 0) {
        return;
      }
    }
    onBatchFinished.accept(run.batch());
  }

  private int countDown(Batch batch) {
    var left = unfinished.getOrDefault(batch, 0) - 1;
    if (left == 0) {
      unfinished.remove(batch);
    } else if (left > 0) {
      unfinished.put(batch, left);
    }
    return left;
  }

  /** Takes nothing more; what is queued is still handed out. */
  synchronized void endIntake() {
    intakeEnded = true;
    notifyAll();
  }

  /**
   * Takes nothing more and forgets what is queued.
   *
   * @return the batches that some hook will not be called with
   */
  synchronized List<Batch> abandonQueue() {
    var abandoned = new LinkedHashMap<Batch, Boolean>();
    for (var lane : lanes) {
      for (var batch : lane.owed) {
        abandoned.put(batch, true);
        unfinished.remove(batch);
      }
      lane.owed.clear();
    }
    endIntake();
    return List.copyOf(abandoned.keySet());
  }
}
