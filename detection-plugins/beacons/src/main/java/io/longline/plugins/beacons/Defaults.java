package io.longline.plugins.beacons;

/** The two sets of thresholds that RITA v5 has, which differ in a few numbers. */
public enum Defaults {
  /** Those of its file of settings, {@code default_config.hjson}, which an installation uses. */
  HJSON(70, 0.15),
  /** Those in its code, which it uses without that file. */
  CODE(75, 0);

  private final double beaconLow;
  private final double prevalence;

  Defaults(double beaconLow, double prevalence) {
    this.beaconLow = beaconLow;
    this.prevalence = prevalence;
  }

  /** The score of a beacon, in hundredths, that counts .4. */
  double beaconLow() {
    return beaconLow;
  }

  /** What a rare or a common destination adds or takes away. */
  double prevalence() {
    return prevalence;
  }
}
