package io.longline.host.call;

import io.longline.host.event.Ending;
import io.longline.host.ledger.Claim;
import io.longline.host.output.StagedOutputs;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended and is to be recorded. Immutable.
 *
 * @param call which call
 * @param claim the claim under which it was made; null at EXIT
 * @param staged what it wrote; nothing if it failed
 * @param ending how it ended
 */
public record EndedCall(Call call, @Nullable Claim claim, StagedOutputs staged, Ending ending) {

  /** Whether the hook did what it should. */
  public boolean hasSucceeded() {
    return ending instanceof Ending.Succeeded;
  }

  /** This call with another end. */
  public EndedCall with(Ending other) {
    return new EndedCall(call, claim, staged, other);
  }
}
