package io.longline.host.output;

import org.jspecify.annotations.Nullable;

/**
 * The state of a process that has no file descriptor left: whatever opens a file next fails, and is
 * not to blame for that. Immutable.
 */
public final class DescriptorShortage {

  /** What is known of it, and what to do. */
  public static final String ADVICE =
      "This process has no file descriptor left. What needs one waits and is tried again. Raise the limit (ulimit -n, or LimitNOFILE of a service), or look for the hook that leaves files open: each open file of the process is in /proc/PID/fd.";

  private static final int MAX_CAUSES = 10;

  private DescriptorShortage() {}

  /** Whether a message of the system says so. */
  static boolean isIn(@Nullable String message) {
    return message != null && message.contains("Too many open files");
  }

  /** Whether an exception comes from that, as far as it says. */
  public static boolean isCauseOf(Throwable thrown) {
    int depth = 0;
    try {
      for (var each = thrown; each != null && depth < MAX_CAUSES; depth++) {
        if (isIn(each.getMessage())) {
          return true;
        }
        each = each.getCause();
      }
    } catch (RuntimeException | Error e) {
      // A class of a hook, whose methods may throw anything.
    }
    return false;
  }
}
