package io.longline.host.call;

import io.longline.host.event.Ending;
import io.longline.host.ledger.Claim;
import io.longline.host.output.StagedOutputs;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended and is to be recorded. Immutable.
 *
 * @param call the call
 * @param claim the claim under which it was made; null at EXIT
 * @param staged its output; empty if it failed
 * @param ending how it ended
 */
public record EndedCall(Call call, @Nullable Claim claim, StagedOutputs staged, Ending ending) {

  /** Whether the call succeeded. */
  public boolean hasSucceeded() {
    return ending instanceof Ending.Succeeded;
  }

  /** This call with another ending. */
  public EndedCall with(Ending other) {
    return new EndedCall(call, claim, staged, other);
  }
}
