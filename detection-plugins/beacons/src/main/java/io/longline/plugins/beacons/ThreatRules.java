package io.longline.plugins.beacons;

/**
 * How the connections of a pair become one score. Immutable.
 *
 * @param beacon how regular connections are scored
 * @param beaconBucket what the score of a beacon counts, in hundredths
 * @param longBucket what the sum of durations counts, in seconds
 * @param strobe what very many connections count
 * @param prevalence what the share of hosts changes
 * @param age what the age of the destination changes
 * @param missingHost what HTTP requests without a host add
 */
record ThreatRules(
    BeaconRules beacon,
    Bucket beaconBucket,
    Bucket longBucket,
    Strobe strobe,
    Prevalence prevalence,
    Age age,
    double missingHost) {

  /**
   * Very many connections.
   *
   * @param connections how many make a strobe, which is no beacon
   * @param score what it counts
   */
  record Strobe(int connections, double score) {}

  /**
   * What the share of internal hosts that speak to a destination changes.
   *
   * @param rare the share up to which it is rare
   * @param increase what that adds
   * @param common the share from which on it is common
   * @param decrease what that takes away
   */
  record Prevalence(double rare, double increase, double common, double decrease) {

    /** What a share changes. */
    double change(double share) {
      return share <= rare ? increase : share >= common ? -decrease : 0;
    }
  }

  /**
   * What the time since a destination was seen first changes.
   *
   * @param young the seconds up to which it is new
   * @param increase what that adds
   * @param old the seconds from which on it is old
   * @param decrease what that takes away
   */
  record Age(long young, double increase, long old, double decrease) {

    /** What an age in seconds changes. */
    double change(long seconds) {
      return seconds <= young ? increase : seconds >= old ? -decrease : 0;
    }
  }
}
