package io.longline.host.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends the scan of a large log threads for the time that other workers have nothing to do.
 * Thread-safe.
 */
public final class SpareThreads {

  /**
   * The segment size; a file of twice this size can be read by several threads, each with a reader
   * for a segment of this size.
   */
  private static final long SEGMENT_BYTES = 16L * 1024 * 1024;

  private final int workers;
  private final long segmentBytes;
  private final ThreadFactory factory;

  /** The number of threads that make calls, or help with one. */
  private final AtomicInteger busy = new AtomicInteger();

  /**
   * Threads to lend.
   *
   * @param workers the number of threads that may work at once
   * @param factory makes the threads
   */
  public SpareThreads(int workers, ThreadFactory factory) {
    this(workers, SEGMENT_BYTES, factory);
  }

  /**
   * Threads to lend.
   *
   * @param segmentBytes the smallest part of a log that one of several threads reads at a time
   */
  public SpareThreads(int workers, long segmentBytes, ThreadFactory factory) {
    this.workers = workers;
    this.segmentBytes = segmentBytes;
    this.factory = factory;
  }

  /** The smallest part of a log that one of several threads reads at a time. */
  long segmentBytes() {
    return segmentBytes;
  }

  /** Records that a worker begins to make calls. */
  void begin() {
    busy.incrementAndGet();
  }

  /** Records that a worker has ended its calls. */
  void end() {
    busy.decrementAndGet();
  }

  /** The number of threads that can be lent now. */
  int available() {
    return Math.max(0, workers - busy.get());
  }

  /** Whether a helping thread should end, since workers have returned to work. */
  boolean isWantedBack() {
    return busy.get() > workers;
  }

  /**
   * Runs something on this thread and on those that can be lent, and waits for all of them.
   *
   * @param active receives the helping threads
   * @param work the work; throws only {@link GivenUpError}
   * @throws GivenUpError if this thread was given up while waiting
   */
  void share(OpenAssignment active, Runnable work) {
    var helpers = new ArrayList<Helper>();
    for (int i = available(); i > 0; i--) {
      busy.incrementAndGet();
      var helper = new Helper(active, work);
      helpers.add(helper);
      helper.thread.start();
    }
    try {
      work.run();
      join(active, helpers);
    } finally {
      // A thread that was given up no longer counts.
      helpers.forEach(Helper::leave);
    }
  }

  /** A thread that helps. */
  private final class Helper implements Runnable {

    private final OpenAssignment active;
    private final Runnable work;
    private final Thread thread;
    private final AtomicBoolean isBusy = new AtomicBoolean(true);

    Helper(OpenAssignment active, Runnable work) {
      this.active = active;
      this.work = work;
      this.thread = factory.newThread(this);
      active.addHelper(thread);
    }

    @Override
    public void run() {
      try {
        work.run();
      } catch (GivenUpError e) {
        // No other thread waits for it.
      } finally {
        leave();
      }
    }

    void leave() {
      if (isBusy.compareAndSet(true, false)) {
        active.removeHelper(thread);
        busy.decrementAndGet();
      }
    }
  }

  /** Always waits for them: they use things that the caller is about to close. */
  private static void join(OpenAssignment active, List<Helper> helpers) {
    boolean wasInterrupted = false;
    for (var helper : helpers) {
      for (boolean isOver = false; !isOver; ) {
        try {
          helper.thread.join();
          isOver = true;
        } catch (InterruptedException e) {
          if (active.isGivenUp()) {
            throw new GivenUpError();
          }
          wasInterrupted = true;
        }
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
