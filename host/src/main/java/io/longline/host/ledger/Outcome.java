package io.longline.host.ledger;

import io.longline.host.event.Ending;
import io.longline.host.output.StoredPart;
import io.longline.host.window.WindowRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one call on a batch ended, to be recorded. Immutable.
 *
 * @param claim the claim under which the call was made
 * @param hook the hook's id
 * @param version the plugin's version
 * @param ending how the call ended
 * @param endsClaim whether it is the last call of its claim
 * @param windows the windows of the hook; null if it has none
 * @param part the facts that it put; null if there are none
 * @param windowFiles the files that a call for a window has written
 */
public record Outcome(
    Claim claim,
    String hook,
    String version,
    Ending ending,
    boolean endsClaim,
    @Nullable WindowRules windows,
    @Nullable StoredPart part,
    List<String> windowFiles) {

  /** Makes a copy. */
  public Outcome {
    windowFiles = List.copyOf(windowFiles);
  }

  /** How a call ended that put no facts, and was not for a window. */
  public Outcome(Claim claim, String hook, String version, Ending ending, boolean endsClaim) {
    this(claim, hook, version, ending, endsClaim, null, null, List.of());
  }

  /** The attempt number, starting at 1. */
  public int attempt() {
    return claim.attempts().getOrDefault(hook, 1);
  }

  /** The number of the batch. */
  public long batch() {
    return claim.batch().number();
  }
}
