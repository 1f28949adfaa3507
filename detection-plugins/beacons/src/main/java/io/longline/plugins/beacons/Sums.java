package io.longline.plugins.beacons;

/** Sums of numbers that are not negative, which stay at the greatest one. Thread-safe. */
final class Sums {

  private Sums() {}

  /** The sum of two. */
  static long of(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
