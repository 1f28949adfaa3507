package io.longline.host.concurrent;

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

  /** Creates a thread, which is yet to be started. */
  public HostThread(Runnable task, String name) {
    super(null, task, name, 0, false);
    setDaemon(true);
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
