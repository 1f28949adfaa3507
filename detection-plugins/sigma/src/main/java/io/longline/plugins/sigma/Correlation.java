package io.longline.plugins.sigma;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A correlation rule: what has to happen within a span of time for the same values of some fields
 * (Sigma correlation rules specification 2.1). Immutable.
 *
 * @param header what it says about itself
 * @param kind what is counted
 * @param rules the rules whose hits are counted, each by its id, name or title
 * @param grouping which hits belong together
 * @param timespanMicros the span of time
 * @param condition what has to be true of the count, or of which rules had hits
 * @param generates whether the rules are reported by themselves as well
 */
record Correlation(
    RuleHeader header,
    Kind kind,
    List<String> rules,
    Grouping grouping,
    long timespanMicros,
    Wanted condition,
    boolean generates) {

  /** What is counted. */
  enum Kind {
    /** Hits. */
    EVENT_COUNT,
    /** Different values of a field. */
    VALUE_COUNT,
    /** Different rules that have hits. */
    TEMPORAL,
    /** Rules that have hits one after the other, in their order. */
    TEMPORAL_ORDERED
  }

  /**
   * Which hits belong together, and what of them is counted.
   *
   * @param fields fields or aliases whose values are equal in them
   * @param aliases for each alias, the field of each rule, by the name that the correlation uses
   * @param counted the fields whose values are counted
   */
  record Grouping(
      List<String> fields, Map<String, Map<String, String>> aliases, List<String> counted) {

    Grouping {
      fields = List.copyOf(fields);
      aliases = Map.copyOf(aliases);
      counted = List.copyOf(counted);
    }

    /** The field of a rule that a name stands for. */
    String field(String name, RuleHeader rule) {
      var byRule = aliases.get(name);
      if (byRule != null) {
        for (var entry : byRule.entrySet()) {
          if (rule.isNamed(entry.getKey())) {
            return entry.getValue();
          }
        }
      }
      return name;
    }
  }

  /**
   * What has to be true.
   *
   * @param count what of the count
   * @param rules what of the rules that have hits; null if the count decides
   */
  record Wanted(CountCondition count, @Nullable Condition rules) {}

  Correlation {
    rules = List.copyOf(rules);
  }

  /** The position of a rule among those that are counted; -1 if it is none of them. */
  int position(RuleHeader rule) {
    for (int i = 0; i < rules.size(); i++) {
      if (rule.isNamed(rules.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
