package io.longline.host.ledger;

import java.io.IOException;

/**
 * The ledger cannot be read or written. The message says which and what to do. What was tried is
 * not recorded, unless the connection broke at the very end, when it may be.
 */
public class LedgerException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The database failed. */
  public LedgerException(String message, Exception cause) {
    super(message, cause);
  }

  /** The ledger cannot be used at all. */
  public LedgerException(String message) {
    super(message);
  }
}
