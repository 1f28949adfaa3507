package io.longline.host.ledger.sql;

import io.longline.host.ledger.RetryPolicy;
import java.util.Map;
import java.util.random.RandomGenerator;

/** When calls that failed are tried again, as it is at present. Thread-safe. */
final class Retries {

  private final RandomGenerator random;
  private volatile RetryPolicy policy;

  /**
   * Follows a policy.
   *
   * @param random spreads the waits
   */
  Retries(RetryPolicy policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  /** Sets after how many failures a call is a dead letter, for hooks of some plugins. */
  void setAttempts(Map<String, Integer> attemptsOfPlugins) {
    policy = policy.with(attemptsOfPlugins);
  }

  int maxAttempts(String hook) {
    return policy.maxAttempts(hook);
  }

  boolean isLast(String hook, int attempt) {
    return policy.isLast(hook, attempt);
  }

  /** How long to wait after the failure of this attempt, starting at 1. */
  long millisAfter(int attempt) {
    return policy.delayAfter(attempt, random).toMillis();
  }
}
