package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers from their decimal text, without a String on the common paths. A text that is no number
 * of the kind asked for throws {@link NumberFormatException}.
 */
final class DecimalText {

  private static final int MICRO_DIGITS = 6;

  /** Whole numbers with fewer digits than this cannot overflow. */
  private static final int SAFE_DIGITS = 18;

  private DecimalText() {}

  /**
   * A signed or unsigned 64-bit whole number; one over the signed range comes out as its low 64
   * bits.
   */
  static long parseLong(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative) {
      at++;
    }
    if (at == to) {
      throw new NumberFormatException();
    }
    if (to - at > SAFE_DIGITS) {
      return parseLongLong(bytes, from, to, negative);
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException();
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  private static long parseLongLong(byte[] bytes, int from, int to, boolean negative) {
    var text = new String(bytes, from, to - from, ISO_8859_1);
    return negative ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }

  /** A number of seconds as whole microseconds, rounded to the nearest. Exponents are taken. */
  static long parseMicros(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative) {
      at++;
    }
    long seconds = 0;
    int first = at;
    while (at < to && isDigit(bytes[at])) {
      seconds = seconds * 10 + (bytes[at++] - '0');
    }
    int digits = at - first;
    if (digits == 0 || digits > 12) {
      return parseMicrosSlowly(bytes, from, to);
    }
    long micros = 0;
    int decimals = 0;
    if (at < to && bytes[at] == '.') {
      at++;
      while (at < to && decimals < MICRO_DIGITS && isDigit(bytes[at])) {
        micros = micros * 10 + (bytes[at++] - '0');
        decimals++;
      }
    }
    if (at < to) {
      return parseMicrosSlowly(bytes, from, to);
    }
    for (; decimals < MICRO_DIGITS; decimals++) {
      micros *= 10;
    }
    long value = seconds * 1_000_000 + micros;
    return negative ? -value : value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static long parseMicrosSlowly(byte[] bytes, int from, int to) {
    if (to - from > 400) {
      throw new NumberFormatException();
    }
    var seconds = new BigDecimal(new String(bytes, from, to - from, ISO_8859_1));
    if (Math.abs((long) seconds.precision() - seconds.scale()) > 20) {
      throw new NumberFormatException();
    }
    try {
      return seconds
          .movePointRight(MICRO_DIGITS)
          .setScale(0, RoundingMode.HALF_EVEN)
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new NumberFormatException();
    }
  }

  /** A floating-point number; {@code nan}, {@code inf} and {@code -inf} are taken. */
  static double parseDouble(byte[] bytes, int from, int to) {
    var text = new String(bytes, from, to - from, ISO_8859_1);
    return switch (text) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (text.isEmpty() || !isPlainNumber(text)) {
          throw new NumberFormatException();
        }
        yield Double.parseDouble(text);
      }
    };
  }

  /** Keeps out what Java takes besides: hexadecimal, type suffixes, white space, NaN, Infinity. */
  private static boolean isPlainNumber(String text) {
    return text.chars()
        .allMatch(
            c -> c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E');
  }
}
