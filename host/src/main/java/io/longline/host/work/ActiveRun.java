package io.longline.host.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a thread is making, and the threads that help it, as the watchdog sees them.
 * Thread-safe.
 */
final class ActiveRun {

  private final @Nullable Run run;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<OpenCall> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable SharedScan scan;
  private volatile boolean isGivenUp;
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * Calls that are about to be made.
   *
   * @param run which; null at EXIT
   * @param thread makes them
   */
  ActiveRun(@Nullable Run run, Thread thread) {
    this.run = run;
    threads.add(thread);
  }

  @Nullable Run run() {
    return run;
  }

  void add(OpenCall call) {
    calls.add(call);
  }

  void remove(OpenCall call) {
    calls.remove(call);
  }

  /** The calls that have not ended. */
  List<OpenCall> calls() {
    return new ArrayList<>(calls);
  }

  void addHelper(Thread helper) {
    threads.add(helper);
  }

  void removeHelper(Thread helper) {
    threads.remove(helper);
  }

  /** The scan that the calls share; null while there is none. */
  @Nullable SharedScan scan() {
    return scan;
  }

  void setScan(@Nullable SharedScan scan) {
    this.scan = scan;
  }

  /** The threads are left to themselves. */
  void setGivenUp() {
    isGivenUp = true;
  }

  /** The threads are left to themselves: what they wait for, they need not wait for any more. */
  void wakeThreads() {
    threads.forEach(Thread::interrupt);
  }

  /** Says that there is nothing left to be done of it, by whatever thread. */
  void setOver() {
    over.countDown();
  }

  void awaitOver() throws InterruptedException {
    over.await();
  }

  boolean isGivenUp() {
    return isGivenUp;
  }
}
