package io.longline.host.ledger;

/**
 * The files of the ledger were removed or replaced while the host was using them: nothing can be
 * recorded any more. The message says which, and what to do.
 */
public final class LedgerGoneException extends LedgerException {

  private static final long serialVersionUID = 1L;

  /** Something has become of the ledger's files. */
  public LedgerGoneException(String message) {
    super(message);
  }
}
