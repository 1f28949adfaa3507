package io.longline.host.ledger;

import java.util.Locale;

/** How a batch stands. */
public enum BatchState {
  /** Calls on it are due, or will be tried again. */
  READY,
  /** A host has claimed it. */
  RUNNING,
  /** The host that had it last does not call the hooks that it still owes. */
  PARKED,
  /** Nothing is owed any more. */
  DONE;

  /** The name of the state in the ledger's tables. */
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this name in the ledger's tables. */
  public static BatchState of(String sql) {
    return valueOf(sql.toUpperCase(Locale.ROOT));
  }
}
