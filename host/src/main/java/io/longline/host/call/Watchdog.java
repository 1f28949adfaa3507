package io.longline.host.call;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.CalledHook;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures, on a thread of its own, that no call takes forever: at half of its timeout a call is
 * reported as stalled, at its timeout the call is interrupted, and if it does not end within a
 * grace period it is given up. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** How long one pass may take, before this loop counts as stuck. */
  private static final Duration PASS_LIMIT = Duration.ofMinutes(5);

  private static final int MAX_FRAMES = 30;
  private static final long LEAST_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Duration MIN_TICK = Duration.ofMillis(10);
  private static final Duration MAX_TICK = Duration.ofSeconds(1);

  private final Supplier<Collection<OpenAssignment>> active;
  private final BiConsumer<OpenAssignment, OpenCall> giveUp;
  private volatile Duration tick = MAX_TICK;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Creates a watchdog, which is yet to be started.
   *
   * @param active the assignments that are being worked on
   * @param giveUp receives a call that was given up, and continues the rest of its assignment on
   *     another thread
   */
  public Watchdog(
      Supplier<Collection<OpenAssignment>> active, BiConsumer<OpenAssignment, OpenCall> giveUp) {
    this.active = active;
    this.giveUp = giveUp;
  }

  /** Starts the thread. */
  public void start(HostLoops loops) {
    loops.start("watchdog", PASS_LIMIT, this::watch, () -> closed.getCount() == 0);
  }

  /** Sets how often to look. */
  public void setTick(Duration interval) {
    tick = interval;
  }

  /** The interval that suits the shortest timeout of these hooks. */
  public static Duration tick(Collection<CalledHook> hooks) {
    var shortest =
        hooks.stream().map(CalledHook::timeout).min(Duration::compareTo).orElse(MAX_TICK);
    var tick = shortest.dividedBy(10);
    return tick.compareTo(MIN_TICK) < 0 ? MIN_TICK : tick.compareTo(MAX_TICK) > 0 ? MAX_TICK : tick;
  }

  /** How long a call has to end after it was interrupted. */
  static long graceNanos(Duration timeout) {
    return Math.max(LEAST_GRACE_NANOS, Math.min(MOST_GRACE_NANOS, timeout.toNanos() / 10));
  }

  private void watch() {
    while (!Uninterruptibly.pause(closed, tick.toMillis())) {
      HostThread.pass();
      look();
    }
  }

  /** Looks once at every call that is being made. */
  void look() {
    for (var open : List.copyOf(active.get())) {
      look(open);
    }
  }

  private void look(OpenAssignment open) {
    for (var call : open.calls()) {
      try {
        if (look(open, call)) {
          // The rest of the assignment is made elsewhere.
          return;
        }
      } catch (RuntimeException e) {
        LOG.error("Watching a call of {} failed.", call.call().hook().id(), e);
      }
    }
  }

  /** Whether the call was given up. */
  private boolean look(OpenAssignment open, OpenCall call) {
    var timeout = call.call().hook().timeout();
    long used = call.stepNanos();
    if (used >= timeout.toNanos() / 2) {
      reportStall(call, used, timeout);
    }
    if (used < timeout.toNanos()) {
      return false;
    }
    if (call.interrupt() < graceNanos(timeout) || !call.giveUp(open::setGivenUp)) {
      return false;
    }
    open.wakeThreads();
    giveUp.accept(open, call);
    return true;
  }

  private static void reportStall(OpenCall call, long used, Duration timeout) {
    var frames = call.stall();
    if (frames == null) {
      return;
    }
    var text = new StringBuilder();
    for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
      text.append("\n    at ").append(frames[i]);
    }
    var hung = call.call();
    LOG.warn(
        "{} takes long {}: {} so far, and it is interrupted after {}. It is here:{}",
        hung.hook().id(),
        hung.directory() == null ? "at EXIT" : "on " + hung.directory(),
        PrintableText.duration(Duration.ofNanos(used)),
        PrintableText.duration(timeout),
        text);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
