package io.longline.zeek;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A field read as a {@code time}. Immutable.
 *
 * @since 0.1.0
 */
public final class TimeField extends LogField {

  /** The first moment of year 1, in microseconds since 1970 UTC. */
  private static final long FIRST = -62_135_596_800_000_000L;

  /** The first moment after year 9999, in microseconds since 1970 UTC. */
  private static final long END = 253_402_300_800_000_000L;

  TimeField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The time; null if it is unset. */
  public @Nullable Instant get(LogRecord record) {
    return in(record).time(column);
  }

  /**
   * The time in microseconds since 1970 UTC, without making an object; it must be set, and lie in
   * the years 1 to 9999, as the time of a fact must: otherwise the line is a bad one.
   */
  public long micros(LogRecord record) {
    var own = in(record);
    long micros = own.timeMicros(column);
    if (micros < FIRST || micros >= END) {
      throw own.badValue(column, "a time in the years 1 to 9999");
    }
    return micros;
  }
}
