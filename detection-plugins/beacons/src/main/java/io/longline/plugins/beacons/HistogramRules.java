package io.longline.plugins.beacons;

/**
 * When a histogram with two heights counts as regular. Immutable.
 *
 * @param leastBars the number of bins that must not be empty
 * @param sensitivity bars whose heights differ by less than this share of the highest are equal
 * @param outliers the number of bars that may have any other height
 */
record HistogramRules(int leastBars, double sensitivity, int outliers) {

  /** What RITA v5 has in its code and in its file of settings. */
  static final HistogramRules RITA = new HistogramRules(11, 0.05, 1);
}
