package io.longline.host.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * A thread of the host. Thread-safe.
 *
 * <p>An interrupt is an order, and only the host gives orders to its threads, by {@link #order}:
 * what a library of a plugin does to all threads that it finds has no effect on them. Code always
 * may interrupt the thread that it runs on, as it does to pass an interrupt on.
 *
 * <p>It is a daemon, so that a thread that hangs in a plugin and was given up does not keep the
 * program from ending; and it inherits no thread locals, which could keep a plugin's class loader
 * alive.
 */
public final class HostThread extends Thread {

  private final @Nullable Heartbeat heartbeat;

  /** Creates a thread, which is yet to be started. */
  public HostThread(Runnable task, String name) {
    this(task, name, null);
  }

  /**
   * Creates a thread of a loop, which is yet to be started.
   *
   * @param heartbeat shows whether the loop gets on; null if nobody wants to know
   */
  HostThread(Runnable task, String name, @Nullable Heartbeat heartbeat) {
    super(null, task, name, 0, false);
    setDaemon(true);
    this.heartbeat = heartbeat;
  }

  /** Records that the loop on the current thread gets on; nothing on a thread without a loop. */
  public static void pass() {
    var beating = ofCurrentThread();
    if (beating != null) {
      beating.pass();
    }
  }

  /**
   * Records that the loop on the current thread waits for work, until it passes again; nothing on a
   * thread without a loop.
   */
  public static void rest() {
    var beating = ofCurrentThread();
    if (beating != null) {
      beating.rest();
    }
  }

  private static @Nullable Heartbeat ofCurrentThread() {
    return currentThread() instanceof HostThread ours ? ours.heartbeat : null;
  }

  /** Interrupts the thread if its own code asks for it; otherwise does nothing. */
  @Override
  public void interrupt() {
    if (currentThread() == this) {
      super.interrupt();
    }
  }

  private void interruptByHost() {
    super.interrupt();
  }

  /** Interrupts a thread, on the host's order. */
  public static void order(Thread thread) {
    if (thread instanceof HostThread ours) {
      ours.interruptByHost();
    } else {
      thread.interrupt();
    }
  }
}
