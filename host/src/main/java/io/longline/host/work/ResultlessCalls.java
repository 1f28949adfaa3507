package io.longline.host.work;

import io.longline.host.call.Assignment;
import io.longline.host.call.Calls;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts calls that ended without a result. {@link Calls} handles the failures of hooks; this is
 * for a lack of memory that keeps it from reporting. Such calls are made again, but not forever.
 * Thread-safe.
 */
final class ResultlessCalls {

  private static final Logger LOG = LoggerFactory.getLogger(ResultlessCalls.class);

  /** So often in a row calls may end without a result, before the host ends. */
  private static final int MOST = 10;

  private final AtomicInteger inARow = new AtomicInteger();

  /** Calls have ended with results. */
  void clear() {
    inARow.set(0);
  }

  /**
   * Counts the calls of an assignment that ended without a result.
   *
   * @throws IllegalStateException if too many have; the host is to end
   */
  void count(Assignment assignment, Throwable cause) {
    var where = "Calls of " + assignment.hookIds() + " on " + assignment.directory();
    LOG.error("{} ended without a result; they are made again.", where, cause);
    if (inARow.incrementAndGet() >= MOST) {
      throw new IllegalStateException(
          where + " ended without a result, as others before: " + cause, cause);
    }
  }
}
