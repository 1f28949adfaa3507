package io.longline.plugins.beacons;

import java.util.Arrays;

/**
 * How even some numbers are: their median, the median of the distances from it, and the skew of
 * their quartiles after Bowley. Immutable.
 *
 * <p>As in RITA v5, {@code analysis/beacons.go} and the library montanaflynn/stats: a quartile is
 * the median of a half, and the middle of an odd number of values is in neither half.
 *
 * @param median the median
 * @param mad the median absolute deviation
 * @param skew 0 for symmetric quartiles, at most 1 either way
 */
record Spread(double median, double mad, double skew) {

  /** Quartiles closer than this have no skew. */
  private static final double LEAST_RANGE = 10;

  /**
   * The spread of sorted numbers.
   *
   * @param sorted at least three
   */
  static Spread of(long[] sorted) {
    double median = median(sorted, 0, sorted.length);
    return new Spread(median, deviation(sorted, median), skew(sorted, median));
  }

  /** The median of a range of sorted numbers, which is not empty. */
  private static double median(long[] sorted, int from, int to) {
    int middle = (from + to) >>> 1;
    return (to - from) % 2 == 1
        ? sorted[middle]
        : ((double) sorted[middle - 1] + (double) sorted[middle]) / 2;
  }

  private static double skew(long[] sorted, double median) {
    double lower = median(sorted, 0, sorted.length / 2);
    double upper = median(sorted, (sorted.length + 1) / 2, sorted.length);
    double range = upper - lower;
    if (range < LEAST_RANGE || median == lower || median == upper) {
      return 0;
    }
    return (lower + upper - 2 * median) / range;
  }

  private static double deviation(long[] sorted, double median) {
    var distances = new double[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      distances[i] = Math.abs(sorted[i] - median);
    }
    Arrays.sort(distances);
    int middle = distances.length / 2;
    return distances.length % 2 == 1
        ? distances[middle]
        : (distances[middle - 1] + distances[middle]) / 2;
  }

  /**
   * From 0, for numbers all over the place, to 1, for numbers that are all alike.
   *
   * @param ifSmall what the deviation counts if the median is below 1, so that it cannot be
   *     compared with it
   */
  double score(double ifSmall) {
    double even = median >= 1 ? Math.max(0, (median - mad) / median) : ifSmall;
    return Rounded.nearest((1 - Math.abs(skew) + even) / 2);
  }
}
