package io.longline.zeek;

import java.util.Objects;

/**
 * One JSON object a line, flat, without header. Immutable.
 *
 * @param times how times are written (Zeek's {@code LogAscii::json_timestamps})
 * @since 0.1.0
 */
public record JsonFormat(Times times) implements LogFormat {

  /** The forms of a time in JSON. */
  public enum Times {
    /** Seconds since 1970 as a number, fraction as needed. */
    EPOCH,
    /** Milliseconds since 1970 as a whole number, rounded down. */
    MILLIS,
    /** A string such as {@code 2018-03-24T17:15:21.255387Z}. */
    ISO8601
  }

  /** Zeek's default. */
  public static final JsonFormat ZEEK = new JsonFormat(Times.EPOCH);

  /** Checks the parts. */
  public JsonFormat {
    Objects.requireNonNull(times, "times");
  }
}
