package io.longline.api.testing;

import io.longline.zeek.Field;
import io.longline.zeek.RowWriter;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes the values of a {@link SmallLog} by the types of its columns. Thread-safe. */
final class SmallCell {

  private static final double MICROS = 1e6;

  private SmallCell() {}

  static void write(RowWriter row, Field field, @Nullable Object value) {
    if (value == null) {
      row.unset();
      return;
    }
    boolean isWritten =
        switch (field.type().kind()) {
          case BOOL -> value instanceof Boolean bool && isDone(row.bool(bool));
          case INT, PORT -> isWhole(value) && isDone(row.integer(((Number) value).longValue()));
          case COUNT -> isWhole(value) && isDone(row.count(((Number) value).longValue()));
          case DOUBLE -> value instanceof Number real && isDone(row.real(real.doubleValue()));
          case TIME -> writeTime(row, value);
          case INTERVAL -> writeInterval(row, value);
          case SET, VECTOR -> value instanceof Collection<?> all && isDone(row.strings(texts(all)));
          case ADDR, SUBNET, ENUM, STRING, FILE, FUNC -> isDone(row.string(text(value)));
        };
    if (!isWritten) {
      throw new IllegalArgumentException(
          "The %s %s does not fit the column %s, which has the type %s."
              .formatted(value.getClass().getSimpleName(), value, field.name(), field.type()));
    }
  }

  /** That a cell was written; what was written with is not needed any more. */
  private static boolean isDone(RowWriter row) {
    return row != null;
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }

  private static boolean writeTime(RowWriter row, Object value) {
    if (value instanceof Number seconds) {
      row.timeMicros(Math.round(seconds.doubleValue() * MICROS));
      return true;
    }
    try {
      row.time(value instanceof Instant time ? time : Instant.parse(value.toString()));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean writeInterval(RowWriter row, Object value) {
    if (value instanceof Number seconds) {
      row.intervalMicros(Math.round(seconds.doubleValue() * MICROS));
    } else if (value instanceof Duration span) {
      row.interval(span);
    } else {
      return false;
    }
    return true;
  }

  private static Collection<@Nullable String> texts(Collection<?> values) {
    return values.stream().<@Nullable String>map(each -> each == null ? null : text(each)).toList();
  }

  private static String text(Object value) {
    return value instanceof InetAddress address ? address.getHostAddress() : value.toString();
  }
}
