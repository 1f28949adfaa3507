package io.longline.host.ledger;

import java.io.IOException;

/**
 * Logs of a batch are gone or cannot be read, which is no hook's fault. The message names the first
 * of them.
 */
public final class LogsUnavailableException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean isAll;

  LogsUnavailableException(String message, boolean isAll) {
    super(message);
    this.isAll = isAll;
  }

  /** Whether none of the logs of the batch is left. */
  public boolean isAll() {
    return isAll;
  }
}
