package io.longline.host.cli.cut;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Standard output cannot be written: it is full, or nobody reads it any more. */
final class UnwritableException extends UncheckedIOException {

  private static final long serialVersionUID = 1L;

  UnwritableException(IOException cause) {
    super("Standard output cannot be written.", cause);
  }
}
