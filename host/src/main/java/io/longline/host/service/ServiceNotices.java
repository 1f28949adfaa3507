package io.longline.host.service;

import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the service manager that has started the process, if one has, how the program is. It
 * does so on a thread of its own, so that nothing waits for it. Thread-safe.
 *
 * <p>Signs of life stop when the program says that something hangs: then the service manager ends
 * and restarts it. While the program ends, more time is asked for, under the same condition, and
 * for an hour at most.
 */
public final class ServiceNotices implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotices.class);

  private static final Duration LONGEST_TICK = Duration.ofSeconds(5);
  private static final long LONGEST_END_NANOS = Duration.ofHours(1).toNanos();
  private static final Duration EXTENSION = Duration.ofMinutes(1);
  private static final long CLOSE_MILLIS = 15_000;

  private final @Nullable NoticeSender sender;
  private final long tickNanos;
  private final long watchdogNanos;
  private final LongSupplier nanoTime;

  /** Has permits while the thread is not to wait. */
  private final Semaphore wakes = new Semaphore(0);

  private volatile ServiceState state = ServiceState.STARTING;
  private volatile boolean isClosed;
  private @Nullable Thread thread;

  // Confined to the thread.
  private boolean hasSaidReady;
  private boolean hasSaidStopping;
  private String saidStatus = "";
  private long watchdogAt;
  private long stoppingAt;
  private List<String> reported = List.of();
  private boolean isComplaining;

  /**
   * Notices that nobody sends yet.
   *
   * @param sender sends them; null for no service manager
   * @param watchdog after so long without a sign of life the service manager ends the process; zero
   *     for never
   * @param nanoTime as {@link System#nanoTime()}
   */
  ServiceNotices(@Nullable NoticeSender sender, Duration watchdog, LongSupplier nanoTime) {
    this.sender = sender;
    this.watchdogNanos = watchdog.toNanos();
    this.nanoTime = nanoTime;
    long quarter = watchdogNanos / 4;
    this.tickNanos =
        quarter == 0 ? LONGEST_TICK.toNanos() : Math.min(quarter, LONGEST_TICK.toNanos());
  }

  /**
   * Starts to report, if the environment names a service manager; without one, nothing is ever
   * sent, and there is no thread.
   */
  public static ServiceNotices start(Map<String, String> environment) {
    var socket = ServiceSocket.in(environment, ProcessHandle.current().pid());
    var notices =
        new ServiceNotices(
            socket.map(each -> new NotifyProgram("systemd-notify", each.address())).orElse(null),
            socket.flatMap(ServiceSocket::watchdog).orElse(Duration.ZERO),
            System::nanoTime);
    notices.startThread();
    return notices;
  }

  private void startThread() {
    if (sender != null) {
      var started = new HostThread(this::run, "service-notices");
      thread = started;
      started.start();
    }
  }

  /** From now on reports what this says. */
  public void use(ServiceState now) {
    state = now;
    wakes.release();
  }

  private void run() {
    while (!isClosed) {
      step();
      await();
    }
    // The last word may not have been said.
    step();
  }

  private void await() {
    try {
      boolean unused = wakes.tryAcquire(tickNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      LOG.debug("An interrupt ends only this wait.", e);
    }
    wakes.drainPermits();
  }

  /**
   * Sends what there is to say at the moment, in one message; nothing if that is nothing. A step
   * that breaks, for want of memory say, is not the last.
   */
  void step() {
    var to = sender;
    if (to == null) {
      return;
    }
    try {
      say(to, state);
    } catch (RuntimeException | OutOfMemoryError e) {
      complain(e);
    }
  }

  private void say(NoticeSender to, ServiceState now) {
    long nanos = nanoTime.getAsLong();
    boolean saysReady = now.isReady() && !hasSaidReady;
    boolean saysStopping = now.isStopping() && !hasSaidStopping;
    if (saysStopping) {
      stoppingAt = nanos;
    }
    var status = now.status();
    var stuck = now.stuck();
    report(stuck);
    boolean saysAlive = stuck.isEmpty() && (saysReady || hasSaidReady && isSignDue(nanos));
    boolean needsTime =
        stuck.isEmpty() && now.isStopping() && nanos - stoppingAt < LONGEST_END_NANOS;

    var notice = new ArrayList<String>();
    addIf(saysReady, "READY=1", notice);
    addIf(saysStopping, "STOPPING=1", notice);
    addIf(!status.equals(saidStatus), "STATUS=" + status, notice);
    addIf(saysAlive && watchdogNanos > 0, "WATCHDOG=1", notice);
    addIf(needsTime, "EXTEND_TIMEOUT_USEC=" + EXTENSION.toMillis() * 1_000, notice);
    if (!notice.isEmpty() && send(to, notice)) {
      hasSaidReady |= saysReady;
      hasSaidStopping |= saysStopping;
      saidStatus = status;
      watchdogAt = saysAlive ? nanos : watchdogAt;
    }
  }

  /** Whether the next step would be too late for half of the time. */
  private boolean isSignDue(long nanos) {
    return nanos - watchdogAt + tickNanos > watchdogNanos / 2;
  }

  private static void addIf(boolean isSaid, String assignment, List<String> notice) {
    if (isSaid) {
      notice.add(assignment);
    }
  }

  private void report(List<String> stuck) {
    if (!stuck.isEmpty() && !stuck.equals(reported)) {
      LOG.error(
          "These threads of the host hang or have ended: {}. The service manager gets no sign of life until they get on.",
          String.join(", ", stuck));
    }
    reported = stuck;
  }

  /** Whether it was sent. */
  private boolean send(NoticeSender to, List<String> notice) {
    try {
      to.send(notice);
      isComplaining = false;
      return true;
    } catch (IOException e) {
      complain(e);
      return false;
    }
  }

  private void complain(Throwable e) {
    if (!isComplaining) {
      isComplaining = true;
      LOG.warn(
          "The service manager cannot be notified: {} Trying again. This needs the program systemd-notify, and NotifyAccess=all in the unit; without them the unit must have Type=exec, and no WatchdogSec.",
          e instanceof IOException ? e.getMessage() : e + ".");
    }
  }

  /** Sends what is left to say, and ends; waits for a while at most. */
  @Override
  public void close() {
    isClosed = true;
    wakes.release();
    var running = thread;
    if (running != null) {
      Uninterruptibly.wait(() -> running.join(CLOSE_MILLIS));
    }
  }
}
