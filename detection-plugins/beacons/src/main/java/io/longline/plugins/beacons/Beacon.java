package io.longline.plugins.beacons;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much the connections of a pair look like those of a program that calls home. Immutable. The
 * scores go from 0 to 1.
 *
 * @param score the whole
 * @param timeScore how even the intervals are
 * @param sizeScore how even the sizes are
 * @param histogramScore how even the hours are
 * @param durationScore how long it goes on
 * @param intervals the intervals that are not zero, in seconds
 * @param sizes the bytes of the originator
 */
record Beacon(
    double score,
    double timeScore,
    double sizeScore,
    double histogramScore,
    double durationScore,
    Spread intervals,
    Spread sizes) {

  private static final int LEAST_VALUES = 3;

  /**
   * Scores connections.
   *
   * @param times their beginnings, in seconds, ascending
   * @param sizes the bytes that their originators sent, ascending
   * @param min the beginning of the time that is looked at, in seconds
   * @param max its end
   * @return null if there are too few to say anything
   */
  static @Nullable Beacon of(long[] times, long[] sizes, long min, long max, BeaconRules rules) {
    var intervals = intervals(times);
    if (intervals.length + 1 < rules.leastTimes()
        || intervals.length < LEAST_VALUES
        || sizes.length < LEAST_VALUES
        || max <= min) {
      return null;
    }
    var intervalSpread = Spread.of(intervals);
    var sizeSpread = Spread.of(sizes);
    var histogram = Histogram.of(min, max, times);
    double timeScore = intervalSpread.score(1);
    double sizeScore = sizeSpread.score(0);
    double histogramScore = histogram.score(rules.histogram());
    double durationScore =
        rules
            .duration()
            .score(
                histogram.bars(),
                histogram.longestRun(),
                times[times.length - 1] - times[0],
                max - min);
    return new Beacon(
        rules.weights().score(timeScore, sizeScore, durationScore, histogramScore),
        timeScore,
        sizeScore,
        histogramScore,
        durationScore,
        intervalSpread,
        sizeSpread);
  }

  /** The differences of times that are not equal, ascending. */
  static long[] intervals(long[] times) {
    var intervals = new long[Math.max(times.length - 1, 0)];
    int count = 0;
    for (int i = 1; i < times.length; i++) {
      if (times[i] > times[i - 1]) {
        intervals[count++] = times[i] - times[i - 1];
      }
    }
    var sorted = Arrays.copyOf(intervals, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
