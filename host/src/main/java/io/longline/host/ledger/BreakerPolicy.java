package io.longline.host.ledger;

import java.time.Duration;

/**
 * When a hook is paused that fails again and again. Immutable.
 *
 * @param failures on so many batches in a row it has failed; 0 for never
 * @param pause how long the first pause is; doubled each time that the call after it fails
 */
public record BreakerPolicy(int failures, Duration pause) {

  /** What holds unless somebody says otherwise. */
  public static final BreakerPolicy DEFAULT = new BreakerPolicy(10, Duration.ofMinutes(1));

  private static final Duration LONGEST = Duration.ofHours(1);

  private static final int MAX_DOUBLINGS = 16;

  /** How long the pause is that is the how-manieth, from 1. */
  Duration length(int pauses) {
    var length = pause.multipliedBy(1L << Math.min(MAX_DOUBLINGS, pauses - 1));
    return length.compareTo(LONGEST) > 0 && pause.compareTo(LONGEST) < 0 ? LONGEST : length;
  }
}
