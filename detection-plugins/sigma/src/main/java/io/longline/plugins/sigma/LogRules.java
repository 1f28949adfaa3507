package io.longline.plugins.sigma;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules for a log. Immutable.
 *
 * @param log the log
 * @param fields the fields that they use
 * @param rules the rules
 * @param program how they are applied
 */
record LogRules(String log, Fields fields, List<Rule> rules, RuleProgram program) {

  LogRules {
    rules = List.copyOf(rules);
  }

  /** Those of them that fulfil a condition, if there are any. */
  Optional<LogRules> only(Predicate<Rule> condition) {
    var kept = rules.stream().filter(condition).toList();
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(new LogRules(log, fields, kept, new RuleProgram(fields, kept)));
  }

  /** Whether they look at all fields of a record. */
  boolean readAll() {
    return rules.stream().anyMatch(rule -> rule.expression().readsAll());
  }
}
