package io.longline.plugins.beacons;

/** Whose scoring is used. */
public enum Scoring {
  /** That of RITA v5. */
  RITA_5
}
