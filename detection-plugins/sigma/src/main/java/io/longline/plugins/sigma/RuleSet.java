package io.longline.plugins.sigma;

import java.util.List;
import java.util.Map;

/**
 * Rules that are ready to be applied. Immutable, and may be used by any number of threads.
 *
 * @param logs the rules by log
 * @param problems rules that cannot be used, and why
 * @param notices what else a person should know about rules
 */
record RuleSet(Map<String, LogRules> logs, List<String> problems, List<String> notices) {

  RuleSet {
    logs = Map.copyOf(logs);
    problems = List.copyOf(problems);
    notices = List.copyOf(notices);
  }

  /** How many rules there are. */
  int size() {
    return logs.values().stream().mapToInt(log -> log.rules().size()).sum();
  }
}
