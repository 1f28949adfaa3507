package io.longline.host.output;

import java.io.IOException;

/**
 * What a call wrote could not be appended to its outputs; none of it is there. The message names
 * the output.
 */
public final class OutputFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  OutputFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
