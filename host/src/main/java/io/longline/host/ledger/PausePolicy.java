package io.longline.host.ledger;

import java.time.Duration;

/**
 * When a hook is paused that fails again and again. Immutable; made from {@link #DEFAULT} by {@code
 * with…}, since there may be more components one day.
 *
 * @param failures the number of batches in a row that it has failed on; 0 for never
 * @param pause how long the first pause is; doubled each time that the call after it fails, up to
 *     an hour
 */
public record PausePolicy(int failures, Duration pause) {

  /** Ten failures in a row, a minute. */
  public static final PausePolicy DEFAULT = new PausePolicy(10, Duration.ofMinutes(1));

  private static final Duration LONGEST = Duration.ofHours(1);

  private static final int MAX_DOUBLINGS = 16;

  /** This policy with another number of batches; 0 for never. */
  public PausePolicy withFailures(int other) {
    return new PausePolicy(other, pause);
  }

  /** This policy with another length of the first pause. */
  public PausePolicy withPause(Duration other) {
    return new PausePolicy(failures, other);
  }

  /** The length of the n-th pause in a row, starting at 1. */
  public Duration length(int n) {
    var length = pause.multipliedBy(1L << Math.min(MAX_DOUBLINGS, n - 1));
    return length.compareTo(LONGEST) > 0 && pause.compareTo(LONGEST) < 0 ? LONGEST : length;
  }
}
