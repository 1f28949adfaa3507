package io.longline.host.output;

import java.io.IOException;

/** The journal does not have committed bytes any more. The message says which. */
final class DamagedJournalException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedJournalException(String message) {
    super(message);
  }
}
