package io.longline.api;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How event time is divided into windows: tumbling ones, one after the other, or sliding ones that
 * overlap. Immutable.
 *
 * <p>A window is closed when event time has passed its end by the allowed lateness: when batches
 * with such times have been committed. It is also closed at the end of {@code longline run}, by
 * {@code longline windows close}, and when no fact has come for a while. Facts that come later open
 * it again.
 *
 * @since 0.1.0
 */
public final class Windows {

  private static final Windows WHOLE_RUN =
      new Windows(Duration.ZERO, Duration.ZERO, null, Duration.ZERO);

  private static final Duration LONGEST = Duration.ofDays(3660);

  private final Duration size;
  private final Duration every;
  private final @Nullable ZoneId zone;
  private final Duration lateness;

  private Windows(Duration size, Duration every, @Nullable ZoneId zone, Duration lateness) {
    this.size = size;
    this.every = every;
    this.zone = zone;
    this.lateness = lateness;
  }

  /**
   * One window after the other, of which one begins at midnight of 1 January 1970 UTC.
   *
   * @param size their length, in whole seconds
   * @throws IllegalArgumentException if it is not a number of whole seconds, or more than ten years
   */
  public static Windows tumbling(Duration size) {
    return sliding(size, size);
  }

  /**
   * Overlapping windows, such as 24 hours every hour, of which one begins at midnight of 1 January
   * 1970 UTC.
   *
   * @param size their length, in whole seconds
   * @param every the time between the starts of two, by which the length can be divided
   * @throws IllegalArgumentException if the length cannot be divided so, is not a number of whole
   *     seconds, or more than ten years, or a moment lies in more than 1,000 windows
   */
  public static Windows sliding(Duration size, Duration every) {
    boolean isGood =
        every.getNano() == 0
            && every.getSeconds() > 0
            && size.compareTo(LONGEST) <= 0
            && size.getNano() == 0
            && size.getSeconds() > 0
            && size.getSeconds() % every.getSeconds() == 0
            && size.getSeconds() / every.getSeconds() <= 1_000;
    if (!isGood) {
      throw new IllegalArgumentException(
          "There are no windows of %s every %s: both must be whole seconds, the first at most ten years and 1 to 1,000 times the second."
              .formatted(size, every));
    }
    return new Windows(size, every, null, Duration.ZERO);
  }

  /**
   * The days of a time zone, each from its first moment to that of the next, so that a day on which
   * clocks change has 23 or 25 hours.
   */
  public static Windows days(ZoneId zone) {
    var day = Duration.ofDays(1);
    return new Windows(day, day, zone.normalized(), Duration.ZERO);
  }

  /**
   * One window with all facts that the ledger has. No event time is after it, so it is closed for
   * the other reasons only.
   */
  public static Windows wholeRun() {
    return WHOLE_RUN;
  }

  /**
   * These windows, closed when event time has passed their end by this; by default it is zero. It
   * saves closing them twice: facts that come later still count.
   *
   * @throws IllegalArgumentException if it is negative, or more than ten years
   */
  public Windows allowedLateness(Duration allowed) {
    if (allowed.isNegative() || allowed.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A window cannot wait for " + allowed + " after its end.");
    }
    return new Windows(size, every, zone, allowed);
  }

  /** The length of a window: 24 hours for days, zero for the whole run. */
  public Duration size() {
    return size;
  }

  /** The time between the starts of two windows; zero for the whole run. */
  public Duration every() {
    return every;
  }

  /** The zone of days, normalized; null for other windows. */
  public @Nullable ZoneId zone() {
    return zone;
  }

  /** How long a window waits for late facts, in event time. */
  public Duration lateness() {
    return lateness;
  }

  /** Whether there is one window, for the whole run. */
  public boolean isWholeRun() {
    return size.isZero();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Windows windows && toString().equals(windows.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** A text such as {@code days UTC}, {@code PT24H every PT1H, late PT2H} or {@code run}. */
  @Override
  public String toString() {
    var text = isWholeRun() ? "run" : size + " every " + every;
    if (zone != null) {
      text = "days " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
    }
    return lateness.isZero() ? text : text + ", late " + lateness;
  }
}
