package io.longline.zeek;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A field read as an {@code interval}. Immutable.
 *
 * @since 0.1.0
 */
public final class IntervalField extends LogField {

  IntervalField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The span of time; null if it is unset. */
  public @Nullable Duration get(LogRecord record) {
    return in(record).interval(column);
  }

  /** The span of time in microseconds, without making an object; it must be set. */
  public long micros(LogRecord record) {
    return in(record).intervalMicros(column);
  }
}
