package io.longline.zeek;

/** Well-formed UTF-8 (Unicode 15, table 3-7). */
final class Utf8 {

  private Utf8() {}

  /**
   * The length of the well-formed sequence of a non-ASCII character that starts at an index; 0 if
   * there is none.
   */
  static int sequenceLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return isBetween(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int low = first == 0xE0 ? 0xA0 : 0x80;
      int high = first == 0xED ? 0x9F : 0xBF;
      return isBetween(bytes, at + 1, low, high) && isBetween(bytes, at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int low = first == 0xF0 ? 0x90 : 0x80;
      int high = first == 0xF4 ? 0x8F : 0xBF;
      return isBetween(bytes, at + 1, low, high)
              && isBetween(bytes, at + 2, 0x80, 0xBF)
              && isBetween(bytes, at + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean isBetween(byte[] bytes, int at, int low, int high) {
    return at < bytes.length && (bytes[at] & 0xFF) >= low && (bytes[at] & 0xFF) <= high;
  }

  /** Whether a range is valid UTF-8 without any control byte. */
  static boolean isPrintable(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b >= 0) {
        if (b < ' ' || b == 0x7F) {
          return false;
        }
        at++;
        continue;
      }
      int length = sequenceLength(bytes, at);
      if (length == 0 || at + length > to) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** Whether bytes are valid UTF-8. */
  static boolean isValid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int length = bytes[at] >= 0 ? 1 : sequenceLength(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }
}
