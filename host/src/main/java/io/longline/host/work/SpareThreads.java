package io.longline.host.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends the scan of a large log threads for the time that other workers have nothing to do.
 * Thread-safe.
 */
final class SpareThreads {

  private final int workers;
  private final ThreadFactory factory;

  /** How many threads make calls, or help with one. */
  private final AtomicInteger busy = new AtomicInteger();

  /**
   * Threads to lend.
   *
   * @param workers how many are to be at work at once
   */
  SpareThreads(int workers, ThreadFactory factory) {
    this.workers = workers;
    this.factory = factory;
  }

  /** A worker begins to make calls. */
  void begin() {
    busy.incrementAndGet();
  }

  /** A worker ends its calls. */
  void end() {
    busy.decrementAndGet();
  }

  /** How many there are to lend now. */
  int available() {
    return Math.max(0, workers - busy.get());
  }

  /** Whether a thread that helps should rather end, since workers have come back to work. */
  boolean isWantedBack() {
    return busy.get() > workers;
  }

  /**
   * Does something on this thread and on those that can be lent, and waits for all of them.
   *
   * @param work what to do; throws nothing
   */
  void share(Runnable work) {
    var helpers = new ArrayList<Thread>();
    for (int i = available(); i > 0; i--) {
      busy.incrementAndGet();
      var helper =
          factory.newThread(
              () -> {
                try {
                  work.run();
                } finally {
                  busy.decrementAndGet();
                }
              });
      helpers.add(helper);
      helper.start();
    }
    try {
      work.run();
    } finally {
      join(helpers);
    }
  }

  /** Waits for them in any case: they use what the caller is about to close. */
  private static void join(List<Thread> helpers) {
    boolean wasInterrupted = false;
    for (var helper : helpers) {
      for (boolean isOver = false; !isOver; ) {
        try {
          helper.join();
          isOver = true;
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
