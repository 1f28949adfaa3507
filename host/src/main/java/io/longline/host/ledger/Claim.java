package io.longline.host.ledger;

import java.util.Map;

/**
 * A batch that this host has taken, with the hooks to be called on it. Immutable.
 *
 * @param batch the batch
 * @param token the fencing token of this claim: what is recorded under it counts only while no
 *     other host has taken the batch
 * @param attempts the hooks to call, each with the how-manieth attempt this is, from 1
 */
public record Claim(Batch batch, long token, Map<String, Integer> attempts) {

  /** Makes a copy. */
  public Claim {
    attempts = Map.copyOf(attempts);
  }
}
