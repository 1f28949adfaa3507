package io.longline.host.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * When a failed call is tried again. Immutable; made from {@link #DEFAULT} by {@code with…}, since
 * there may be more components one day.
 *
 * @param maxAttempts the number of failures after which a call is a dead letter
 * @param firstDelay how long to wait after the first failure; each further one doubles it
 * @param ofPlugins the number of failures for the hooks of some plugins, by the plugin's id
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Map<String, Integer> ofPlugins) {

  /** Three attempts, the second a second after the first. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofSeconds(1));

  /** No wait is longer. */
  private static final Duration MAX_DELAY = Duration.ofHours(1);

  /** The longest that a call waits after a failure, whatever the policy. */
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(72);

  /** A wait is longer or shorter by up to this part of it, so that many do not come at once. */
  private static final double JITTER = 0.2;

  /** A policy for all plugins. */
  public RetryPolicy(int maxAttempts, Duration firstDelay) {
    this(maxAttempts, firstDelay, Map.of());
  }

  /** Checks the parts and makes a copy. */
  public RetryPolicy {
    ofPlugins = Map.copyOf(ofPlugins);
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "The number of attempts is " + maxAttempts + "; there must be at least one.");
    }
    if (firstDelay.isNegative()) {
      throw new IllegalArgumentException(
          "The delay before a retry is " + firstDelay + "; it must not be negative.");
    }
  }

  /**
   * This policy with another number of attempts.
   *
   * @throws IllegalArgumentException if there is not at least one
   */
  public RetryPolicy withMaxAttempts(int other) {
    return new RetryPolicy(other, firstDelay, ofPlugins);
  }

  /**
   * This policy with another wait after the first failure.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RetryPolicy withFirstDelay(Duration other) {
    return new RetryPolicy(maxAttempts, other, ofPlugins);
  }

  /** This policy with other numbers of failures for some plugins. */
  public RetryPolicy with(Map<String, Integer> attemptsOfPlugins) {
    return new RetryPolicy(maxAttempts, firstDelay, attemptsOfPlugins);
  }

  /** After how many failures a call of a hook is a dead letter. */
  public int maxAttempts(String hook) {
    return ofPlugins.getOrDefault(hook.substring(0, Math.max(0, hook.indexOf('/'))), maxAttempts);
  }

  /** Whether a call of a hook that has failed so often is not tried again. */
  public boolean isLast(String hook, int attempt) {
    return attempt >= maxAttempts(hook);
  }

  /**
   * How long to wait after the failure of this attempt, starting at 1.
   *
   * @param random lengthens or shortens it a little
   */
  public Duration delayAfter(int attempt, RandomGenerator random) {
    double factor = Math.pow(2, Math.min(attempt - 1, 30));
    double millis =
        Math.min((double) firstDelay.toMillis() * factor, (double) MAX_DELAY.toMillis());
    return Duration.ofMillis((long) (millis * (1 + JITTER * (2 * random.nextDouble() - 1))));
  }
}
