package io.longline.host.cli.cut;

/** A header that cannot be used; the rows after it are not printed. The message says why. */
final class BadHeaderException extends Exception {

  private static final long serialVersionUID = 1L;

  BadHeaderException(long line, String reason) {
    super("line " + line + ": " + reason);
  }
}
