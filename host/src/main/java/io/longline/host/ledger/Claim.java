package io.longline.host.ledger;

import java.util.Map;
import java.util.function.Predicate;

/**
 * A batch that this host has taken, with the hooks to be called on it. Immutable, but for hooks
 * that are paused meanwhile.
 *
 * @param batch the batch
 * @param token the fencing token of this claim: what is recorded under it counts only while no
 *     other host has taken the batch
 * @param attempts the hooks to call, by id, each with the attempt number, starting at 1
 * @param unpaused says of a hook, by its id, whether it is not paused
 */
public record Claim(
    Batch batch, long token, Map<String, Integer> attempts, Predicate<String> unpaused) {

  /** Makes a copy. */
  public Claim {
    attempts = Map.copyOf(attempts);
  }

  /** A claim whose hooks are not paused. */
  public Claim(Batch batch, long token, Map<String, Integer> attempts) {
    this(batch, token, attempts, hook -> true);
  }

  /** Whether a hook may be called now: it may have been paused since the batch was taken. */
  public boolean mayCall(String hook) {
    return unpaused.test(hook);
  }
}
