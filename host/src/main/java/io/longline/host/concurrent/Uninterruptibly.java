package io.longline.host.concurrent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that an interrupt does not end. */
public final class Uninterruptibly {

  private Uninterruptibly() {}

  /** Something that can be waited for again after an interrupt. */
  @FunctionalInterface
  public interface Wait {
    /** Waits. */
    void make() throws InterruptedException;
  }

  /** Waits; an interrupt is restored afterwards. */
  public static void wait(Wait wait) {
    boolean wasInterrupted = false;
    for (boolean isOver = false; !isOver; ) {
      try {
        wait.make();
        isOver = true;
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Pauses a loop of the host, for which an interrupt means nothing: it is cleared.
   *
   * @param end counted down when the loop is to end
   * @return whether it is to end
   */
  public static boolean pause(CountDownLatch end, long millis) {
    long start = System.nanoTime();
    long limit = TimeUnit.MILLISECONDS.toNanos(millis);
    for (; ; ) {
      try {
        return end.await(limit - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // The rest of the time is waited for.
      }
    }
  }
}
