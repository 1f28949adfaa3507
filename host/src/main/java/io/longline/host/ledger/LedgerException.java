package io.longline.host.ledger;

import java.io.IOException;
import java.sql.SQLException;

/**
 * The ledger cannot be read or written. The message says which and what to do. Nothing of what was
 * tried is recorded, unless the connection broke at the very end, when it may be.
 */
public final class LedgerException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What went wrong in the database. */
  LedgerException(String message, SQLException cause) {
    super(message, cause);
  }

  /** What keeps the ledger from being used at all. */
  LedgerException(String message) {
    super(message);
  }
}
