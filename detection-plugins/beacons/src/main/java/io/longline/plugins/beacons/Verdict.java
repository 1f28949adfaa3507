package io.longline.plugins.beacons;

import io.longline.api.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a threat when all is known about its destination. Immutable.
 *
 * @param threat the threat
 * @param prevalence the share of internal hosts that speak to the destination
 * @param firstSeen when the destination was first seen, in seconds
 * @param score the final score, mostly from 0 to 1
 */
record Verdict(Threat threat, double prevalence, long firstSeen, double score) {

  private static final double CRITICAL = 0.8;
  private static final double HIGH = 0.6;
  private static final double MEDIUM = 0.4;
  private static final double LOW = 0.2;

  /** Sums of decimal fractions are not exact, but thresholds are. */
  private static final double PRECISION = 1e6;

  /**
   * Adds what the destination changes to the score of a threat.
   *
   * @param hosts how many internal hosts speak to it
   * @param firstSeen when the first did, in seconds
   * @param knowsAge whether earlier times are known, so that its age means something
   */
  static Verdict of(
      Threat threat,
      WindowScope scope,
      ThreatRules rules,
      long hosts,
      long firstSeen,
      boolean knowsAge) {
    double prevalence = scope.share(hosts);
    double score =
        threat.scores().greatest()
            + rules.prevalence().change(prevalence)
            + (knowsAge ? rules.age().change(scope.max() - firstSeen) : 0)
            + (threat.numbers().counts().missingHosts() > 0 ? rules.missingHost() : 0);
    return new Verdict(threat, prevalence, firstSeen, Math.round(score * PRECISION) / PRECISION);
  }

  /** How bad it is; null if it is not worth a finding. */
  @Nullable Severity severity() {
    if (score > CRITICAL) {
      return Severity.CRITICAL;
    }
    if (score >= HIGH) {
      return Severity.HIGH;
    }
    return score >= MEDIUM ? Severity.MEDIUM : score >= LOW ? Severity.LOW : null;
  }
}
