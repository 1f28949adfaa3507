package io.longline.plugins.beacons;

/**
 * How connections become the score of a beacon. Immutable.
 *
 * @param weights what each of the four scores counts
 * @param histogram when a histogram is regular
 * @param duration how long a beacon goes on
 * @param leastTimes the number of different seconds that a beacon needs
 */
record BeaconRules(
    Weights weights, HistogramRules histogram, DurationRules duration, int leastTimes) {

  /**
   * What each score counts.
   *
   * @param times how even the intervals are
   * @param sizes how even the sizes are
   * @param duration how long it goes on
   * @param histogram how even its hours are
   */
  record Weights(double times, double sizes, double duration, double histogram) {

    private static final double TOLERANCE = 1e-9;

    /**
     * Checks the weights.
     *
     * @throws IllegalArgumentException if one is negative, or they do not add up to 1
     */
    Weights {
      double sum = times + sizes + duration + histogram;
      double least = Math.min(Math.min(times, sizes), Math.min(duration, histogram));
      if (!(least >= 0 && Math.abs(sum - 1) < TOLERANCE)) {
        throw new IllegalArgumentException(
            "The weights of a beacon's scores must be 0 or more, and 1 together: %s, %s, %s, %s."
                .formatted(times, sizes, duration, histogram));
      }
    }

    /** The weighted sum, rounded. */
    double score(double timeScore, double sizeScore, double durationScore, double histogramScore) {
      return Rounded.nearest(
          timeScore * times
              + sizeScore * sizes
              + durationScore * duration
              + histogramScore * histogram);
    }
  }

  /** What RITA v5 has in its code and in its file of settings. */
  static final BeaconRules RITA =
      new BeaconRules(
          new Weights(0.25, 0.25, 0.25, 0.25), HistogramRules.RITA, DurationRules.RITA, 4);
}
