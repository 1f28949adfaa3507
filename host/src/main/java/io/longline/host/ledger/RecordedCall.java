package io.longline.host.ledger;

import io.longline.api.HookWarning;
import io.longline.host.event.Ending;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a call. Immutable.
 *
 * @param result what became of it
 * @param warning the failure, with what happens next; null if there is none
 * @param batch how the batch stands after its claim has ended; null if the claim has not ended
 * @param unavailable why the batch is unavailable, as a sentence; empty unless it ended so
 */
public record RecordedCall(
    CallResult result,
    @Nullable HookWarning warning,
    @Nullable BatchState batch,
    String unavailable) {

  /** What was recorded of a call on a batch that is available. */
  public RecordedCall(
      CallResult result, @Nullable HookWarning warning, @Nullable BatchState batch) {
    this(result, warning, batch, "");
  }

  /** How the call ended, as it was recorded: a failure says what happens next. */
  public Ending ending(Ending before) {
    return before instanceof Ending.Failed failed && warning != null
        ? new Ending.Failed(warning, failed.blame(), failed.took())
        : before;
  }
}
