package io.longline.host.ledger;

import io.longline.host.event.Ending;

/**
 * How one call on a batch ended, to be recorded. Immutable.
 *
 * @param claim the claim under which the call was made
 * @param hook the hook's id
 * @param version the plugin's version
 * @param ending how the call ended
 * @param endsClaim whether it is the last call of its claim
 */
public record Outcome(Claim claim, String hook, String version, Ending ending, boolean endsClaim) {

  /** The attempt number, starting at 1. */
  public int attempt() {
    return claim.attempts().getOrDefault(hook, 1);
  }

  /** The number of the batch. */
  public long batch() {
    return claim.batch().number();
  }
}
