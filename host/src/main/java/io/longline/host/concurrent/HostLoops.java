package io.longline.host.concurrent;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that a host cannot do without, and whether each of them lives. Thread-safe.
 *
 * <p>A loop that ends although nobody ended it, for whatever reason, breaks the host: the first
 * such loop is its {@link Failure}. The thread that ends so allocates nothing, since most likely
 * there is no memory; threads that wait in {@link #awaitFailure} do the rest.
 */
public final class HostLoops implements AutoCloseable {

  /** The loops that have not ended as they should, by name. */
  private final Map<String, Running> loops = new ConcurrentSkipListMap<>();

  private final AtomicReference<@Nullable Running> broken = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final LongSupplier nanoTime;

  /** A loop, and why it has ended. */
  private static final class Running {

    private final String name;
    private final @Nullable Heartbeat heartbeat;
    private volatile @Nullable Throwable cause;

    Running(String name, @Nullable Heartbeat heartbeat) {
      this.name = name;
      this.heartbeat = heartbeat;
    }

    boolean isStuck() {
      return heartbeat != null && heartbeat.isStuck();
    }
  }

  /**
   * A loop of the host. Immutable.
   *
   * @param name the name of its thread
   * @param isAlive whether its thread is running; if not, it has ended for a reason of its own
   * @param isStuck whether it has worked on one thing for longer than its limit
   */
  public record Loop(String name, boolean isAlive, boolean isStuck) {

    /** Whether it does what it is there for. */
    public boolean isWell() {
      return isAlive && !isStuck;
    }
  }

  /**
   * Why a host cannot go on. Immutable.
   *
   * @param loop the name of the thread that has ended
   * @param cause why it has ended
   */
  public record Failure(String loop, Throwable cause) {

    /** What has happened, as a sentence. */
    public String sentence() {
      var message = cause.getMessage();
      var reason = message == null || cause instanceof Error ? cause.toString() : message.strip();
      return "The thread %s of the host has ended: %s%s"
          .formatted(loop, reason, reason.endsWith(".") ? "" : ".");
    }
  }

  /** Loops that measure the time as the JVM does. */
  public HostLoops() {
    this(System::nanoTime);
  }

  /**
   * Loops of a host that is yet to be started.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  public HostLoops(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Starts a loop on a thread of its own. It does not count as stuck, however long it takes.
   *
   * @param name the name of the thread, which no other loop has
   * @param body the loop
   * @param mayEnd whether the loop was asked to end, or has done all that it is there for; it is
   *     asked when the body has returned
   * @return the thread
   */
  public Thread start(String name, Runnable body, BooleanSupplier mayEnd) {
    return start(new Running(name, null), body, mayEnd);
  }

  /**
   * Starts a loop on a thread of its own, which calls {@link HostThread#pass} each time it gets on,
   * and {@link HostThread#rest} before it waits for work without a limit.
   *
   * @param limit the loop is stuck if it has not passed for so long
   */
  public Thread start(String name, Duration limit, Runnable body, BooleanSupplier mayEnd) {
    return start(new Running(name, new Heartbeat(limit, nanoTime)), body, mayEnd);
  }

  private Thread start(Running running, Runnable body, BooleanSupplier mayEnd) {
    var name = running.name;
    var thread = new HostThread(() -> run(running, body, mayEnd), name, running.heartbeat);
    loops.put(name, running);
    try {
      thread.start();
      return thread;
    } catch (Throwable e) {
      // Most likely the machine has no room for another thread.
      loops.remove(name);
      throw e;
    }
  }

  private void run(Running running, Runnable body, BooleanSupplier mayEnd) {
    try {
      HostThread.pass();
      body.run();
      if (!mayEnd.getAsBoolean()) {
        throw new IllegalStateException("Nobody has asked it to");
      }
      loops.remove(running.name);
    } catch (Throwable e) {
      running.cause = e;
      broken.compareAndSet(null, running);
      over.countDown();
    }
  }

  /** Why the host cannot go on; null if it can. */
  public @Nullable Failure failure() {
    var loop = broken.get();
    if (loop == null) {
      return null;
    }
    var cause = loop.cause;
    return cause == null ? null : new Failure(loop.name, cause);
  }

  /**
   * Waits until the host cannot go on, or is closed. A thread that has begun to wait is woken even
   * if there is no memory.
   *
   * @return whether the host cannot go on
   */
  public boolean awaitFailure() {
    Uninterruptibly.wait(over::await);
    return broken.get() != null;
  }

  /** The loops that were started and have not ended as they should, by name. */
  public List<Loop> all() {
    return loops.values().stream()
        .map(each -> new Loop(each.name, each.cause == null, each.isStuck()))
        .toList();
  }

  /** Ends the waiting for a failure. */
  @Override
  public void close() {
    over.countDown();
  }
}
