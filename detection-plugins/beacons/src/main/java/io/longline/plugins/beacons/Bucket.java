package io.longline.plugins.beacons;

/**
 * Makes a score of a number by four thresholds, with straight lines between them: nothing below the
 * first, then .2 to .4, .4 to .6, and .6 to .8, which is the most. Immutable.
 *
 * @param base the least number that has a score
 * @param low where the score is .4
 * @param medium where it is .6
 * @param high where it is .8
 */
record Bucket(double base, double low, double medium, double high) {

  private static final double STEP = 0.2;

  /**
   * Checks the thresholds.
   *
   * @throws IllegalArgumentException if each is not above the one before
   */
  Bucket {
    if (!(base < low && low < medium && medium < high)) {
      throw new IllegalArgumentException(
          "The thresholds must rise from base to high: %s, %s, %s, %s."
              .formatted(base, low, medium, high));
    }
  }

  /** The score of a number. */
  double score(double value) {
    if (value < base) {
      return 0;
    }
    if (value < low) {
      return STEP + STEP * (value - base) / (low - base);
    }
    if (value < medium) {
      return 2 * STEP + STEP * (value - low) / (medium - low);
    }
    return 3 * STEP + STEP * (Math.min(value, high) - medium) / (high - medium);
  }
}
