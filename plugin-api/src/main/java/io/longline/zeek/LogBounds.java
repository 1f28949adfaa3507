package io.longline.zeek;

/**
 * How large the parts of a log may be, so that no log fills the memory or takes more time than its
 * length allows; {@code docs/limits.md} describes what happens beyond. Thread-safe.
 */
final class LogBounds {

  /** The number of columns that a header may name. Zeek's widest logs have fewer than a hundred. */
  static final int MAX_COLUMNS = 10_000;

  /** The number of different keys in the rows of a JSON log; all logs of Zeek have a thousand. */
  static final int MAX_KEYS = 5_000;

  /** The length of a name in bytes: of a column, a type, a key or a log. */
  static final int MAX_NAME_BYTES = 1_000;

  /** The length of a separator or of a marker for an unset or empty value, in bytes. */
  static final int MAX_MARKER_BYTES = 64;

  /** The length of a row that is written, in bytes: a row of the default maximum, all escaped. */
  static final int MAX_WRITTEN_BYTES = 128 * 1024 * 1024;

  /** The number of characters of what a message quotes. */
  static final int MAX_QUOTED = 80;

  /** The number of characters of a message about a line. */
  static final int MAX_REASON = 1_000;

  private LogBounds() {}

  /** A text with at most this number of characters, and a mark if there were more. */
  static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // Not between the two halves of a character outside the basic plane.
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
