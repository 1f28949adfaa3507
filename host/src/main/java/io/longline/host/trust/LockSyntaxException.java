package io.longline.host.trust;

/** The text of a lock cannot be read; the message is to be put after file and line. */
final class LockSyntaxException extends Exception {

  private static final long serialVersionUID = 1;

  private final int line;

  /** A problem in a line, counted from 1. */
  LockSyntaxException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
