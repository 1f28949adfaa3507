package io.longline.zeek;

import java.math.BigInteger;

/**
 * The double nearest to a decimal number of up to 18 digits, without making an object.
 *
 * <p>Where both the digits and the power of ten are doubles, their quotient is right. Otherwise the
 * method of Eisel and Lemire: the digits times a 128-bit approximation of the power of ten; it is
 * exact for every number of up to 19 digits (Mushtak and Lemire, "Fast number parsing without
 * fallback", 2023).
 */
final class NearestDouble {

  /** The powers of ten up to this are doubles. */
  static final int MAX_DECIMALS = 22;

  /** Whole numbers up to this are doubles. */
  private static final long MAX_EXACT = 1L << 53;

  private static final int MANTISSA_BITS = 52;

  /** The bits of a 64-bit product that are neither mantissa nor rounding. */
  private static final long BELOW_ROUNDING = -1L >>> MANTISSA_BITS + 3;

  private static final double[] POWERS = new double[MAX_DECIMALS + 1];

  /** 10^-n as a fraction of 128 bits whose highest is set: the upper and the lower half. */
  private static final long[] HIGH = new long[MAX_DECIMALS + 1];

  private static final long[] LOW = new long[MAX_DECIMALS + 1];

  static {
    for (int n = 0; n <= MAX_DECIMALS; n++) {
      var power = BigInteger.TEN.pow(n);
      POWERS[n] = power.doubleValue();
      // Rounded up, except for 1, which is exact.
      var fraction =
          n == 0
              ? BigInteger.ONE.shiftLeft(127)
              : BigInteger.ONE.shiftLeft(127 + power.bitLength()).divide(power).add(BigInteger.ONE);
      HIGH[n] = fraction.shiftRight(64).longValue();
      LOW[n] = fraction.longValue();
    }
  }

  private NearestDouble() {}

  /**
   * The double nearest to {@code digits} / 10^{@code decimals}.
   *
   * @param digits not negative, less than 10^18
   * @param decimals 0 to {@link #MAX_DECIMALS}
   */
  static double of(long digits, int decimals) {
    return digits <= MAX_EXACT ? digits / POWERS[decimals] : ofMany(digits, decimals);
  }

  private static double ofMany(long digits, int decimals) {
    int leading = Long.numberOfLeadingZeros(digits);
    long factor = digits << leading;
    long high = multiplyHigh(factor, HIGH[decimals]);
    long low = factor * HIGH[decimals];
    if ((high & BELOW_ROUNDING) == BELOW_ROUNDING) {
      long more = multiplyHigh(factor, LOW[decimals]);
      low += more;
      if (Long.compareUnsigned(more, low) > 0) {
        high++;
      }
    }
    int upper = (int) (high >>> 63);
    int shift = upper + 64 - MANTISSA_BITS - 3;
    long mantissa = high >>> shift;
    boolean isHalf =
        Long.compareUnsigned(low, 1) <= 0
            && decimals <= 4
            && (mantissa & 3) == 1
            && mantissa << shift == high;
    if (isHalf) {
      // Half way between two: the even one.
      mantissa &= ~1L;
    }
    mantissa = mantissa + (mantissa & 1) >>> 1;
    // 217,706 / 2^16 is log2(10), near enough for these exponents.
    int exponent = (-217_706 * decimals >> 16) + 63 + upper - leading;
    // A mantissa that was rounded up to the next power of two carries into the exponent.
    return Double.longBitsToDouble((exponent + 1023L << MANTISSA_BITS) + mantissa - (1L << 52));
  }

  /** The upper half of an unsigned product. */
  private static long multiplyHigh(long one, long other) {
    return Math.multiplyHigh(one, other) + (one >> 63 & other) + (other >> 63 & one);
  }
}
