package io.longline.zeek;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A field read as a {@code time}. Immutable.
 *
 * @since 0.1.0
 */
public final class TimeField extends LogField {

  TimeField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The time; null if it is unset. */
  public @Nullable Instant get(LogRecord record) {
    return in(record).time(column);
  }

  /** The time in microseconds since 1970 UTC, without making an object; it must be set. */
  public long micros(LogRecord record) {
    return in(record).timeMicros(column);
  }
}
