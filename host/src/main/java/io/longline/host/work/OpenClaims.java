package io.longline.host.work;

import io.longline.host.ledger.Claim;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The claims that this host works on, each with its calls that have ended. Thread-safe. */
public final class OpenClaims {

  /**
   * The number of ended calls of each claim. A batch may be claimed again before its last claim is
   * closed; the two claims have different tokens.
   */
  private final Map<Claim, Integer> endedCalls = new ConcurrentHashMap<>();

  private final Runnable onClosed;

  /**
   * Creates an empty set of claims.
   *
   * @param onClosed runs after a claim is closed
   */
  public OpenClaims(Runnable onClosed) {
    this.onClosed = onClosed;
  }

  void open(List<Claim> claims) {
    claims.forEach(claim -> endedCalls.put(claim, 0));
  }

  /**
   * Counts a call that has ended.
   *
   * @return whether it is the last of its claim
   */
  boolean isLastCall(Claim claim) {
    return endedCalls.merge(claim, 1, Integer::sum) == claim.attempts().size();
  }

  /** Closes a claim: its calls are recorded, or will be claimed again. */
  void close(Claim claim) {
    endedCalls.remove(claim);
    onClosed.run();
  }

  boolean isOpen(Claim claim) {
    return endedCalls.containsKey(claim);
  }

  boolean isEmpty() {
    return endedCalls.isEmpty();
  }

  /** The numbers of the batches that are claimed. */
  List<Long> batches() {
    return endedCalls.keySet().stream().map(claim -> claim.batch().number()).toList();
  }
}
