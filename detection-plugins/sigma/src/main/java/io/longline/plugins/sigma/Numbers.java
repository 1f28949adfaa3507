package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as logs and rules have them. */
final class Numbers {

  /** More digits than any number of a log has; a longer text could take long to compare. */
  private static final int MAX_LENGTH = 40;

  /** As many fit into a long. */
  private static final int MAX_DIGITS = 18;

  /** A larger exponent makes a number that takes all memory when it is compared. */
  private static final int MAX_SCALE = 400;

  private Numbers() {}

  /** The number that a value is; null if it is none. */
  static @Nullable BigDecimal parse(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_LENGTH || !isNumberStart(bytes[0])) {
      return null;
    }
    if (bytes.length <= MAX_DIGITS && isDigits(bytes)) {
      return BigDecimal.valueOf(digits(bytes));
    }
    for (byte b : bytes) {
      if (!isNumberStart(b) && b != '.' && b != 'e' && b != 'E' && b != '+') {
        return null;
      }
    }
    try {
      var number = new BigDecimal(new String(bytes, ISO_8859_1));
      return Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isDigits(byte[] bytes) {
    for (byte b : bytes) {
      if (b < '0' || b > '9') {
        return false;
      }
    }
    return true;
  }

  private static long digits(byte[] bytes) {
    long number = 0;
    for (byte b : bytes) {
      number = number * 10 + b - '0';
    }
    return number;
  }

  private static boolean isNumberStart(byte b) {
    return (b >= '0' && b <= '9') || b == '-';
  }
}
