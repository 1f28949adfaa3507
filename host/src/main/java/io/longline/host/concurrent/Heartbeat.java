package io.longline.host.concurrent;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows whether a loop gets on. Thread-safe; the loop's own thread beats and rests.
 *
 * <p>A loop that waits for work, however long, rests. One that works and has not passed for longer
 * than its limit is stuck.
 */
final class Heartbeat {

  private final LongSupplier nanoTime;
  private final long limitNanos;

  /** When it passed last. Written before {@link #isResting}, and read after it. */
  private volatile long passedAt;

  private volatile boolean isResting = true;

  /**
   * Creates the heartbeat of a loop that rests.
   *
   * @param limit how long one pass may take
   * @param nanoTime as {@link System#nanoTime()}
   */
  Heartbeat(Duration limit, LongSupplier nanoTime) {
    this.limitNanos = limit.toNanos();
    this.nanoTime = nanoTime;
  }

  /** The loop works, and has got on. */
  void pass() {
    passedAt = nanoTime.getAsLong();
    isResting = false;
  }

  /** The loop waits from now on, until it passes. */
  void rest() {
    isResting = true;
  }

  boolean isStuck() {
    return !isResting && nanoTime.getAsLong() - passedAt > limitNanos;
  }
}
