package io.longline.plugins.beacons;

import java.util.Arrays;
import java.util.List;

/**
 * A histogram of intervals for a chart. Immutable.
 *
 * @param first the least interval, in seconds
 * @param step the width of a bar
 * @param counts the heights
 * @param leftOut how many intervals are longer than the last bar
 */
record IntervalBars(long first, long step, List<Long> counts, long leftOut) {

  private static final int BARS = 40;

  /** The share of intervals that the bars have to show: a long one must not hide the others. */
  private static final double SHOWN = 0.95;

  /** The histogram of sorted intervals, of which there is one or more. */
  static IntervalBars of(long[] sorted) {
    long first = sorted[0];
    long last = sorted[(int) Math.ceil(SHOWN * sorted.length) - 1];
    long step = (last - first) / BARS + 1;
    var counts = new long[(int) ((last - first) / step) + 1];
    long leftOut = 0;
    for (long interval : sorted) {
      long bar = (interval - first) / step;
      if (bar < counts.length) {
        counts[(int) bar]++;
      } else {
        leftOut++;
      }
    }
    return new IntervalBars(first, step, Arrays.stream(counts).boxed().toList(), leftOut);
  }
}
