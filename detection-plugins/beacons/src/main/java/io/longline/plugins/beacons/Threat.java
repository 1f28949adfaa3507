package io.longline.plugins.beacons;

import org.jspecify.annotations.Nullable;

/**
 * A pair that does something that programs of attackers do. Immutable.
 *
 * @param sides who speaks to whom
 * @param outerHash the hash of the outer side
 * @param numbers what it did
 * @param beacon how regular it is; null if that cannot be said
 * @param scores what that counts
 * @param intervals a chart of intervals; null without a beacon
 */
record Threat(
    PairSides sides,
    long outerHash,
    PairNumbers numbers,
    @Nullable Beacon beacon,
    Scores scores,
    @Nullable IntervalBars intervals) {

  /**
   * What each thing that it does counts, from 0 to .8.
   *
   * @param beacon regular connections
   * @param longConnection long ones
   * @param strobe very many
   */
  record Scores(double beacon, double longConnection, double strobe) {

    /** The greatest of them. */
    double greatest() {
      return Math.max(beacon, Math.max(longConnection, strobe));
    }

    /** The rule that the greatest belongs to; of equal ones the first. */
    Rule rule() {
      double greatest = greatest();
      return beacon == greatest
          ? Rule.BEACON
          : longConnection == greatest ? Rule.LONG_CONNECTION : Rule.STROBE;
    }
  }

  /** What a pair does. */
  enum Rule {
    /** It connects regularly. */
    BEACON("beacon"),
    /** It is connected for long. */
    LONG_CONNECTION("long-connection"),
    /** It connects very often. */
    STROBE("strobe");

    private final String id;

    Rule(String id) {
      this.id = id;
    }

    /** Its name in findings. */
    String id() {
      return id;
    }
  }
}
