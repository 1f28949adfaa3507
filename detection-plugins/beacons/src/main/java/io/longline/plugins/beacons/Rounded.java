package io.longline.plugins.beacons;

/** Scores are rounded to three decimals, as RITA does at each step. Thread-safe. */
final class Rounded {

  private static final double THOUSAND = 1000;

  private Rounded() {}

  /** To the nearest thousandth, of a number that is not negative. */
  static double nearest(double score) {
    return Math.round(score * THOUSAND) / THOUSAND;
  }

  /** Up to the next thousandth, and to 1 at most. */
  static double upToOne(double share) {
    return Math.min(1, Math.ceil(share * THOUSAND) / THOUSAND);
  }
}
