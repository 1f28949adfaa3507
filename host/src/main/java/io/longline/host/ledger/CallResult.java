package io.longline.host.ledger;

/** What became of a call when it was recorded. */
public enum CallResult {
  /** It succeeded. */
  SUCCEEDED,
  /** It failed, and will be tried again. */
  RETRY,
  /** It failed for the last time. */
  DEAD,
  /** Another host has the batch; nothing was recorded. */
  LOST,
  /** It was not made, since the hook is paused; it waits. */
  POSTPONED,
  /** It could not be made, since the logs of its batch are not available; it waits. */
  UNAVAILABLE
}
