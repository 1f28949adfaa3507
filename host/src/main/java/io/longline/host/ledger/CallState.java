package io.longline.host.ledger;

import java.util.Arrays;
import java.util.Locale;

/** How a (batch, hook) stands. */
public enum CallState {
  /** The call is owed; it failed before if there were attempts. */
  WAITING,
  /** The call is being made; recorded for suspect batches only. */
  RUNNING,
  /** The call succeeded. */
  SUCCEEDED,
  /** It used up its attempts, or trying again is pointless. */
  DEAD,
  /** It was dead, and somebody gave it up for good. */
  DROPPED;

  /** The name of the state in the ledger's tables. */
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this name in the ledger's tables; {@link #DEAD} if there is none. */
  public static CallState of(String sql) {
    return Arrays.stream(values())
        .filter(state -> state.sql().equals(sql))
        .findFirst()
        .orElse(DEAD);
  }
}
