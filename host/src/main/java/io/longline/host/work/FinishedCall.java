package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.ledger.Claim;
import io.longline.host.output.StagedOutputs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended and is to be recorded. Immutable.
 *
 * @param subject which call
 * @param claim under which it was made; null at EXIT
 * @param staged what it wrote; nothing if it failed
 * @param failure what went wrong; null if it succeeded
 * @param isPermanent whether trying again is pointless
 * @param isCharged whether a failure is the hook's, and counts as an attempt
 * @param isPostponed whether it was not made, since the hook is paused
 * @param took how long it took
 */
record FinishedCall(
    RunContext.Subject subject,
    @Nullable Claim claim,
    StagedOutputs staged,
    @Nullable HookWarning failure,
    boolean isPermanent,
    boolean isCharged,
    boolean isPostponed,
    Duration took) {

  FinishedCall failed(HookWarning warning, boolean charged) {
    return new FinishedCall(subject, claim, staged, warning, false, charged, false, took);
  }
}
