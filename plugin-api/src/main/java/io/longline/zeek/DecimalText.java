package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Parses decimal numbers, without a String on the common paths. A text that is not a number of the
 * requested kind throws {@link NumberFormatException}.
 */
final class DecimalText {

  private static final int MICRO_DIGITS = 6;

  /** Seconds of up to this many digits fit a long when counted in microseconds. */
  private static final int MAX_SECOND_DIGITS = 12;

  /** Whole numbers with fewer digits than this cannot overflow. */
  private static final int SAFE_DIGITS = 18;

  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Added to a byte, this sets its highest bit if it is over 9. */
  private static final long OVER_NINE = 0x7676767676767676L;

  private DecimalText() {}

  /**
   * The number formed by the last one to eight digits before an index, found all at once; -1 if one
   * of them is not a digit. At least eight bytes must precede the index; those before the digits
   * may be anything.
   */
  private static long lastDigits(byte[] bytes, int to, int count) {
    long word = ByteWindow.word(bytes, to - Long.BYTES) ^ ZEROS;
    word &= -1L << ((Long.BYTES - count) * Byte.SIZE);
    if ((((word + OVER_NINE) | word) & HIGH_BITS) != 0) {
      return -1;
    }
    // Neighbours are joined: digits to pairs, pairs to fours, fours to eight.
    word = word * (1 + (10 << 8)) >>> 8;
    word = (word & 0x00FF00FF00FF00FFL) * (1 + (100 << 16)) >>> 16;
    return (word & 0x0000FFFF0000FFFFL) * (1 + (10_000L << 32)) >>> 32;
  }

  /**
   * The number formed by the last one to 16 digits before an index; -1 if one of them is not a
   * digit. At least 16 bytes must precede the index.
   */
  private static long lastDigits16(byte[] bytes, int to, int count) {
    if (count <= Long.BYTES) {
      return lastDigits(bytes, to, count);
    }
    long high = lastDigits(bytes, to - Long.BYTES, count - Long.BYTES);
    long low = lastDigits(bytes, to, Long.BYTES);
    return (high | low) < 0 ? -1 : high * 100_000_000 + low;
  }

  /**
   * A signed or unsigned 64-bit whole number; one above the signed range is returned as its low 64
   * bits.
   */
  static long parseLong(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count > 0 && count <= Long.BYTES && to >= Long.BYTES) {
      long value = lastDigits(bytes, to, count);
      if (value >= 0) {
        return value;
      }
    }
    return parseAnyLong(bytes, from, to);
  }

  private static long parseAnyLong(byte[] bytes, int from, int to) {
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

  /** A number of seconds as whole microseconds, rounded to the nearest. Exponents are accepted. */
  static long parseMicros(byte[] bytes, int from, int to) {
    int point = to - MICRO_DIGITS - 1;
    int count = point - from;
    if (count > 0 && count <= MAX_SECOND_DIGITS && point >= 16 && bytes[point] == '.') {
      // As Zeek writes times and intervals in TSV: six decimals.
      long seconds = lastDigits16(bytes, point, count);
      long micros = lastDigits(bytes, to, MICRO_DIGITS);
      if ((seconds | micros) >= 0) {
        return seconds * 1_000_000 + micros;
      }
    }
    return parseAnyMicros(bytes, from, to);
  }

  private static long parseAnyMicros(byte[] bytes, int from, int to) {
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
    if (digits == 0 || digits > MAX_SECOND_DIGITS) {
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

  /** A floating-point number; {@code nan}, {@code inf} and {@code -inf} are accepted. */
  static double parseDouble(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count > 0 && count <= Long.BYTES && to >= Long.BYTES) {
      long value = lastDigits(bytes, to, count);
      if (value >= 0) {
        return value;
      }
    }
    return parsePlainDouble(bytes, from, to);
  }

  /** A number without an exponent, with or without a point. */
  private static double parsePlainDouble(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int first = negative ? from + 1 : from;
    long digits = 0;
    int significant = 0;
    int point = to;
    for (int at = first; at < to; at++) {
      byte b = bytes[at];
      if (isDigit(b)) {
        digits = digits * 10 + (b - '0');
        significant += digits == 0 ? 0 : 1;
      } else if (b == '.' && point == to && at > first) {
        point = at;
      } else {
        return parseAnyDouble(bytes, from, to);
      }
    }
    int decimals = Math.max(0, to - point - 1);
    if (first == to || significant > SAFE_DIGITS || decimals > NearestDouble.MAX_DECIMALS) {
      return parseAnyDouble(bytes, from, to);
    }
    double value = NearestDouble.of(digits, decimals);
    return negative ? -value : value;
  }

  private static double parseAnyDouble(byte[] bytes, int from, int to) {
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

  /**
   * Excludes what Java accepts in addition: hexadecimal, type suffixes, white space, NaN, Infinity.
   */
  private static boolean isPlainNumber(String text) {
    return text.chars()
        .allMatch(
            c -> c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E');
  }
}
