package io.longline.host.output;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a process that has no file descriptor left: whatever opens a file next fails, and is
 * not to blame for that. Thread-safe.
 */
public final class DescriptorShortage {

  private static final Logger LOG = LoggerFactory.getLogger(DescriptorShortage.class);

  private static final int MAX_CAUSES = 10;

  /** Between two warnings. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong quietSince = new AtomicLong(System.nanoTime() - QUIET_NANOS);

  /** Creates the state of a process about which nobody was warned yet. */
  public DescriptorShortage() {}

  /** Whether an exception comes from a lack of descriptors, as far as it says. */
  public static boolean isCauseOf(Throwable thrown) {
    int depth = 0;
    try {
      for (var each = thrown; each != null && depth < MAX_CAUSES; depth++) {
        var message = each.getMessage();
        if (message != null && message.contains("Too many open files")) {
          return true;
        }
        each = each.getCause();
      }
    } catch (RuntimeException | Error e) {
      // A class of a hook, whose methods may throw anything.
    }
    return false;
  }

  /**
   * Warns if an exception comes from a lack of descriptors, once a minute.
   *
   * @return whether it does
   */
  public boolean look(Throwable thrown) {
    if (!isCauseOf(thrown)) {
      return false;
    }
    long now = System.nanoTime();
    long before = quietSince.get();
    if (now - before >= QUIET_NANOS && quietSince.compareAndSet(before, now)) {
      LOG.warn(
          "This process has no file descriptor left. What needs one waits and is tried again. Raise the limit (ulimit -n, or LimitNOFILE of the service), or look for a hook that leaves files open: /proc/{}/fd shows what is open.",
          ProcessHandle.current().pid());
    }
    return true;
  }
}
