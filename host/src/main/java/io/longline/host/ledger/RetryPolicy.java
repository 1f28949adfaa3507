package io.longline.host.ledger;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a failed call is tried again. Immutable.
 *
 * @param maxAttempts after so many failures a call is a dead letter
 * @param firstDelay how long to wait after the first; each further one doubles it
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay) {

  /** No wait is longer. */
  private static final Duration MAX_DELAY = Duration.ofHours(1);

  /** A wait is longer or shorter by up to this part of it, so that many do not come at once. */
  private static final double JITTER = 0.2;

  /** Checks the parts. */
  public RetryPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "The number of attempts is " + maxAttempts + "; there must be one at least.");
    }
    if (firstDelay.isNegative()) {
      throw new IllegalArgumentException("The delay before a retry is " + firstDelay + ".");
    }
  }

  /** Whether a call that has failed so often is not tried again. */
  public boolean isLast(int attempt) {
    return attempt >= maxAttempts;
  }

  /** How long to wait after the failure of this attempt, from 1. */
  Duration delayAfter(int attempt, RandomGenerator random) {
    double factor = Math.pow(2, Math.min(attempt - 1, 30));
    double millis =
        Math.min((double) firstDelay.toMillis() * factor, (double) MAX_DELAY.toMillis());
    return Duration.ofMillis((long) (millis * (1 + JITTER * (2 * random.nextDouble() - 1))));
  }
}
