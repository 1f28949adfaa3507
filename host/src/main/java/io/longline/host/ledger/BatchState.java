package io.longline.host.ledger;

import java.util.Arrays;
import java.util.Locale;

/** How a batch stands. */
public enum BatchState {
  /** It is a window, and waits to be closed. */
  OPEN,
  /** Calls on it are due, or will be tried again. */
  READY,
  /** A host has claimed it. */
  RUNNING,
  /** The host that had it last does not call the hooks that it still owes. */
  PARKED,
  /** Nothing is owed any more. */
  DONE,
  /**
   * It cannot be processed: its logs are gone or cannot be read, or its row is damaged. It waits
   * until it is wanted again, or its logs are handed in again.
   */
  UNAVAILABLE;

  /** The name of the state in the ledger's tables. */
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this name in the ledger's tables; {@link #UNAVAILABLE} if there is none. */
  public static BatchState of(String sql) {
    return Arrays.stream(values())
        .filter(state -> state.sql().equals(sql))
        .findFirst()
        .orElse(UNAVAILABLE);
  }
}
