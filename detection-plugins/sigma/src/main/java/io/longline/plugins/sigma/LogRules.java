package io.longline.plugins.sigma;

import java.util.List;

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

  /** Whether they look at all fields of a record. */
  boolean readAll() {
    return rules.stream().anyMatch(rule -> rule.expression().readsAll());
  }
}
