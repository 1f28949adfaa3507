package io.longline.plugins.sigma;

import java.time.Duration;
import java.util.Map;

/**
 * A correlation that is reported, with the correlations among those that it counts. Immutable.
 *
 * @param outer the correlation
 * @param inner the correlations that it counts, by their positions among its rules
 */
record LinkedCorrelation(Correlation outer, Map<Integer, Correlation> inner) {

  LinkedCorrelation {
    inner = Map.copyOf(inner);
  }

  String key() {
    return outer.header().key();
  }

  /** The step of the windows in which it is looked for: what it counts may need earlier hits. */
  Duration step() {
    return CorrelationWindows.step(spanMicros());
  }

  /** How far before a hit those may be that decide whether it counts. */
  long spanMicros() {
    return outer.timespanMicros()
        + inner.values().stream().mapToLong(Correlation::timespanMicros).max().orElse(0);
  }

  /** Whether it counts the hits of a rule, by itself or by a correlation. */
  boolean counts(RuleHeader rule) {
    return outer.position(rule) >= 0
        || inner.values().stream().anyMatch(each -> each.position(rule) >= 0);
  }

  /** Whether a rule whose hits it counts is not reported by itself. */
  boolean hides(RuleHeader rule) {
    return hides(outer, rule) || inner.values().stream().anyMatch(each -> hides(each, rule));
  }

  /** Whether a correlation that it counts is not reported by itself. */
  boolean hides(LinkedCorrelation counted) {
    return hides(outer, counted.outer().header());
  }

  private static boolean hides(Correlation correlation, RuleHeader rule) {
    return !correlation.generates() && correlation.position(rule) >= 0;
  }
}
