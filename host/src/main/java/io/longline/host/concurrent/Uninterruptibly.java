package io.longline.host.concurrent;

/** Waits that an interrupt does not end; the interrupt is restored afterwards. */
public final class Uninterruptibly {

  private Uninterruptibly() {}

  /** Something that can be waited for again after an interrupt. */
  @FunctionalInterface
  public interface Wait {
    /** Waits. */
    void make() throws InterruptedException;
  }

  /** Waits. */
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
}
