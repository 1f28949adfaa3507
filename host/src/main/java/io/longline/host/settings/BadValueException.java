package io.longline.host.settings;

/** A setting cannot have a value; the message says what would be valid. */
public final class BadValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what would be valid, such as "write a whole number". */
  public BadValueException(String message) {
    super(message);
  }
}
