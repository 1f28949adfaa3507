package io.longline.host.ledger;

import io.longline.api.HookWarning;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one call on a batch ended, to be recorded. Immutable.
 *
 * @param claim under which the call was made
 * @param hook the hook's id
 * @param version the plugin's version
 * @param failure what went wrong; null if it succeeded
 * @param isPermanent whether the hook said that trying again is pointless
 * @param isCharged whether a failure counts as an attempt; not if the host is to blame
 * @param isPostponed whether the call was not made, since the hook is paused
 * @param took how long the call took
 * @param endsClaim whether it is the last call of its claim
 */
public record Outcome(
    Claim claim,
    String hook,
    String version,
    @Nullable HookWarning failure,
    boolean isPermanent,
    boolean isCharged,
    boolean isPostponed,
    Duration took,
    boolean endsClaim) {

  /** The how-manieth attempt it was, from 1. */
  int attempt() {
    return claim.attempts().getOrDefault(hook, 1);
  }
}
