package io.longline.host.output;

/** The output folder cannot be used; the message says why and what to do. */
public final class OutputRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  OutputRefusedException(String message) {
    super(message);
  }

  OutputRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
