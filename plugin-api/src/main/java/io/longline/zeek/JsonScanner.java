package io.longline.zeek;

import org.jspecify.annotations.Nullable;

/**
 * Steps over JSON values in bytes that end in a line feed, without making objects of them. Confined
 * to one thread.
 *
 * <p>A line feed ends every scan: JSON has none inside a string, and a log none inside an object.
 * Methods return the index after the value, or {@link #BAD} if there is no such value. {@link
 * #badAt()} then gives the place, which is the limit or beyond it if the bytes ran out.
 */
final class JsonScanner {

  /** There is no such value here. */
  static final int BAD = -1;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';
  private static final long ZEROS = ONES * '0';

  /** Added to a byte, this sets its highest bit if it is over 9. */
  private static final long OVER_NINE = ONES * (0x7F - 9);

  /** The bytes that a number may have after its first one. */
  private static final boolean[] NUMBER_BYTES = new boolean[256];

  static {
    for (char c : "0123456789.eE+-".toCharArray()) {
      NUMBER_BYTES[c] = true;
    }
  }

  private byte[] bytes;
  private int limit;
  private int badAt;
  private @Nullable String reason;

  /**
   * A scanner.
   *
   * @param bytes the bytes, readable for 16 more than {@code limit}
   * @param limit where the bytes end
   */
  JsonScanner(byte[] bytes, int limit) {
    this.bytes = bytes;
    this.limit = limit;
  }

  void use(byte[] bytes, int limit) {
    this.bytes = bytes;
    this.limit = limit;
  }

  int badAt() {
    return badAt;
  }

  String reason() {
    return reason == null ? "Not JSON." : reason;
  }

  int bad(int at, String expected) {
    badAt = at;
    reason =
        bytes[at] == '\n'
            ? "The JSON object is cut off; expected " + expected + "."
            : "Expected " + expected + ", found \"" + (char) (bytes[at] & 0xFF) + "\".";
    return BAD;
  }

  /** Makes the line a bad one for another reason than that it is no JSON. */
  void refuse(int at, String because) {
    badAt = at;
    reason = because;
  }

  int skipSpace(int from) {
    int at = from;
    // Zeek writes none, so the first check is usually the last.
    while (bytes[at] <= ' ' && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }

  /**
   * Steps over a value. Numbers and strings, which nearly all values are, are kept short here, so
   * that the compiler inlines them into the scan of a row whatever it compiles first.
   */
  int value(int from) {
    byte first = bytes[from];
    if (first == '"') {
      int end = string(from + 1);
      return end < 0 ? BAD : end + 1;
    }
    if (first >= '0' && first <= '9') {
      return number(from);
    }
    return odd(from);
  }

  /** Steps over digits and points up to the end of a value; eight at a time. */
  private int number(int from) {
    int at = from + 1;
    for (; ; ) {
      long digits = ByteWindow.word(bytes, at) ^ ZEROS;
      // The lowest hit is exact; it is the first byte that is not a digit.
      long others = (digits + OVER_NINE | digits) & HIGH_BITS;
      if (others == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Long.numberOfTrailingZeros(others) >>> 3;
      byte b = bytes[at];
      if (b == ',' || b == '}') {
        return at;
      }
      if (b != '.') {
        return odd(from);
      }
      at++;
    }
  }

  /** Steps over the rarer values: lists, negative numbers, words, and values before white space. */
  private int odd(int from) {
    return bytes[from] == '[' || bytes[from] == '{' ? nested(from) : literal(from);
  }

  /**
   * Steps over a string from the index after its opening quote; returns that of the closing one.
   */
  int string(int from) {
    int at = from;
    for (; ; ) {
      long word = ByteWindow.word(bytes, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      // The lowest hit of each of the three is exact, so the lowest of all is too.
      long hits =
          ((quote - ONES) & ~quote | (backslash - ONES) & ~backslash | (word - SPACES) & ~word)
              & HIGH_BITS;
      if (hits == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Long.numberOfTrailingZeros(hits) >>> 3;
      byte b = bytes[at];
      if (b == '"') {
        return at;
      }
      if (b == '\n' || (b == '\\' && bytes[at + 1] == '\n')) {
        return cutOff(at, b);
      }
      at += b == '\\' ? 2 : 1;
    }
  }

  private int cutOff(int at, byte b) {
    return bad(b == '\n' ? at : at + 1, "the end of a string");
  }

  /**
   * Steps over an array or object from its opening bracket; brackets need to match in number only.
   */
  private int nested(int from) {
    int depth = 0;
    int at = from;
    for (; ; ) {
      switch (bytes[at]) {
        case '[', '{' -> depth++;
        case ']', '}' -> {
          if (--depth == 0) {
            return at + 1;
          }
        }
        case '"' -> {
          at = string(at + 1);
          if (at < 0) {
            return BAD;
          }
        }
        case '\n' -> {
          return bad(at, "a closing bracket");
        }
        default -> {
          // Part of a value inside.
        }
      }
      at++;
    }
  }

  private int literal(int from) {
    byte first = bytes[from];
    if ((first >= '0' && first <= '9') || first == '-') {
      int at = from + 1;
      while (NUMBER_BYTES[bytes[at] & 0xFF]) {
        at++;
      }
      if (at > from + 1 || first != '-') {
        return isLetter(bytes[at]) ? bad(from, "a value") : at;
      }
    }
    int at = from;
    while (isLetter(bytes[at]) || bytes[at] == '-') {
      at++;
    }
    return isWord(from, at) ? at : bad(at == limit ? at : from, "a value");
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  /** One of JSON's three words, or one that Zeek 2.3 to 2.6 wrote without quotes. */
  private boolean isWord(int from, int to) {
    return is("null", from, to)
        || is("true", from, to)
        || is("false", from, to)
        || is("nan", from, to)
        || is("inf", from, to)
        || is("-inf", from, to)
        || is("-nan", from, to);
  }

  private boolean is(String text, int from, int to) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
