package io.longline.plugins.beacons;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * The connections of a pair in 24 equal bins over the time that is looked at. Immutable.
 *
 * <p>As in RITA v5, {@code analysis/beacons.go}: what is before the first bin counts in it, and the
 * last bin includes its end.
 */
final class Histogram {

  /** The number of bins: hours of a day, mostly. */
  static final int BINS = 24;

  private final int[] bins;

  private Histogram(int[] bins) {
    this.bins = bins;
  }

  /**
   * The histogram of these times.
   *
   * @param min the beginning, in seconds
   * @param max the end, greater than that
   * @param sorted times in seconds, ascending
   */
  static Histogram of(long min, long max, long[] sorted) {
    double step = (double) (max - min) / BINS;
    var bins = new int[BINS];
    int bin = 0;
    for (long time : sorted) {
      while (bin < BINS - 1 && time >= min + (bin + 1) * step) {
        bin++;
      }
      bins[bin]++;
    }
    return new Histogram(bins);
  }

  /** A histogram with these counts, 24 of them in practice. */
  static Histogram ofCounts(int... counts) {
    return new Histogram(counts.clone());
  }

  /** The counts of the bins. */
  List<Integer> counts() {
    return Arrays.stream(bins).boxed().toList();
  }

  /** The number of bins that are not empty. */
  int bars() {
    int bars = 0;
    for (int count : bins) {
      bars += count > 0 ? 1 : 0;
    }
    return bars;
  }

  /** The most bins without a gap; the first bin comes after the last one. */
  int longestRun() {
    int longest = 0;
    int run = 0;
    for (int round = 0; round < 2; round++) {
      for (int count : bins) {
        run = count > 0 ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
    }
    return Math.min(longest, bins.length);
  }

  /** The better of {@link #flatness()} and {@link #bimodality}. */
  double score(HistogramRules rules) {
    return Math.max(flatness(), bimodality(rules));
  }

  /** 1 if all bins are equal, 0 if they vary by more than their mean. */
  double flatness() {
    long sum = 0;
    for (int count : bins) {
      sum += count;
    }
    double mean = sum / (double) bins.length;
    double squares = 0;
    for (int count : bins) {
      squares += (count - mean) * (count - mean);
    }
    double variation = Math.sqrt(squares / bins.length) / mean;
    return variation <= 1 ? Rounded.nearest(1 - variation) : 0;
  }

  /** The share of bars that have one of two heights, 0 if there are too few bars. */
  double bimodality(HistogramRules rules) {
    int bars = bars();
    if (bars < rules.leastBars()) {
      return 0;
    }
    double width = Math.ceil(Arrays.stream(bins).max().orElse(0) * rules.sensitivity());
    var heights = new HashMap<Double, Integer>();
    for (int count : bins) {
      if (count > 0) {
        heights.merge(Math.floor(count / width) * width, 1, Integer::sum);
      }
    }
    var sizes = heights.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    int two = sizes[sizes.length - 1] + (sizes.length > 1 ? sizes[sizes.length - 2] : 0);
    return Math.min(1, Rounded.nearest(two / (double) Math.max(bars - rules.outliers(), 1)));
  }
}
