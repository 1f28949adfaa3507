package io.longline.host.call;

import io.longline.host.concurrent.HostThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An assignment, or a call at EXIT, that a thread is working on, and the threads that help it, as
 * the watchdog sees them. Thread-safe.
 */
public final class OpenAssignment {

  private final @Nullable Assignment assignment;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<OpenCall> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable Scan scan;
  private volatile boolean isGivenUp;
  private final CountDownLatch over = new CountDownLatch(1);

  /** A scan that the calls share. */
  interface Scan {
    /**
     * Closes the sinks after the thread of the scan was given up in one of them, except that one.
     *
     * @return the calls whose sinks could not be closed: another thread hangs in them too
     */
    List<OpenCall> abandon(OpenCall hung);
  }

  private OpenAssignment(@Nullable Assignment assignment, Thread thread) {
    this.assignment = assignment;
    threads.add(thread);
  }

  /** Opens an assignment on this thread. */
  static OpenAssignment of(Assignment assignment) {
    return new OpenAssignment(assignment, Thread.currentThread());
  }

  /** Opens a call at EXIT on this thread. */
  public static OpenAssignment atExit() {
    return new OpenAssignment(null, Thread.currentThread());
  }

  /** The assignment; null at EXIT. */
  public @Nullable Assignment assignment() {
    return assignment;
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

  /** The scan that the calls share; null while there is no scan. */
  @Nullable Scan scan() {
    return scan;
  }

  void setScan(Scan shared) {
    scan = shared;
  }

  /** Marks the threads as given up. */
  void setGivenUp() {
    isGivenUp = true;
  }

  boolean isGivenUp() {
    return isGivenUp;
  }

  /** Interrupts the threads, which were given up: they need not wait for anything. */
  void wakeThreads() {
    threads.forEach(HostThread::order);
  }

  /** Records that all of it is done, by whichever thread. */
  public void setOver() {
    over.countDown();
  }

  /** Waits until all of it is done. */
  public void awaitOver() throws InterruptedException {
    over.await();
  }
}
