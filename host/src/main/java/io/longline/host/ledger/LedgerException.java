package io.longline.host.ledger;

import java.io.IOException;

/**
 * The ledger cannot be read or written. The message says which and what to do. What was tried is
 * not recorded, unless the connection broke at the very end, when it may be.
 */
public final class LedgerException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean isUnreachable;

  /** The database failed. */
  public LedgerException(String message, Exception cause) {
    this(message, cause, false);
  }

  /**
   * The database failed.
   *
   * @param isUnreachable whether its server cannot be reached, or is starting or stopping
   */
  public LedgerException(String message, Exception cause, boolean isUnreachable) {
    super(message, cause);
    this.isUnreachable = isUnreachable;
  }

  /** The ledger cannot be used at all. */
  public LedgerException(String message) {
    super(message);
    this.isUnreachable = false;
  }

  /** Whether the server of the database cannot be reached at present, so that waiting may help. */
  public boolean isUnreachable() {
    return isUnreachable;
  }
}
