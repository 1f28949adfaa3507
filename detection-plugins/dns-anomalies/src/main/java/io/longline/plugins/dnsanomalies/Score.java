package io.longline.plugins.dnsanomalies;

import io.longline.api.Finding.Severity;
import java.util.List;

/**
 * How much something looks like an attack. Immutable.
 *
 * @param value from 0 to 1
 * @param reasons what it is made of, for a person
 */
record Score(double value, List<String> reasons) {

  /** The severity: the limits are those of RITA 5. */
  Severity severity() {
    if (value > 0.8) {
      return Severity.CRITICAL;
    }
    if (value >= 0.6) {
      return Severity.HIGH;
    }
    return value >= 0.4 ? Severity.MEDIUM : Severity.LOW;
  }
}
