package io.longline.plugins.sigma;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that can be applied to the records of a log. Immutable.
 *
 * @param header what it says about itself
 * @param log the log
 * @param expression what it asks of a record
 * @param fields the fields of the log that it looks at
 * @param known hits that are known
 */
record Rule(
    RuleHeader header, String log, Expression expression, Set<String> fields, List<Known> known) {

  /**
   * Hits that are known.
   *
   * @param test what they have in common; null for all hits
   * @param until the first microsecond at which they are reported again
   */
  record Known(@Nullable FieldTest test, long until) {}

  Rule {
    fields = Set.copyOf(fields);
    known = List.copyOf(known);
  }

  /** Whether a hit is known and is not to be reported. */
  boolean isSuppressed(Values values, long micros) {
    for (var each : known) {
      var test = each.test();
      if (micros < each.until() && (test == null || test.matches(values))) {
        return true;
      }
    }
    return false;
  }
}
