package io.longline.plugins.beacons;

/**
 * How long a beacon goes on. Immutable.
 *
 * @param leastBars with fewer bins that are not empty it has no score
 * @param idealRun the number of bins without a gap that is worth the full score
 */
record DurationRules(int leastBars, int idealRun) {

  /** What RITA v5 has in its code and in its file of settings. */
  static final DurationRules RITA = new DurationRules(6, 12);

  /**
   * The better of two shares: how much of the time lies between the first and the last connection,
   * and how many bins follow each other without a gap.
   *
   * @param bars the number of bins that are not empty
   * @param longestRun the most of them without a gap
   * @param span the seconds from the first connection to the last one
   * @param whole the seconds that are looked at, more than 0
   */
  double score(int bars, int longestRun, long span, long whole) {
    if (bars < leastBars) {
      return 0;
    }
    return Math.max(
        Rounded.upToOne((double) span / whole), Rounded.upToOne((double) longestRun / idealRun));
  }
}
