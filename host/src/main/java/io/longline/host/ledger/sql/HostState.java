package io.longline.host.ledger.sql;

import java.util.Locale;

/** How a start of a host stands. */
enum HostState {
  /** It gives signs of life. */
  ALIVE,
  /** It gave none in time, or its process is gone; others have its batches. */
  LOST,
  /** It signed off. */
  ENDED;

  /** The name of the state in the ledger's tables. */
  String sql() {
    return name().toLowerCase(Locale.ROOT);
  }
}
