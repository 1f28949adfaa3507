package io.longline.host.settings;

/** A value is none that a setting can have; the message says what would be right. */
public final class BadValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what would be right, such as "write a whole number". */
  public BadValueException(String message) {
    super(message);
  }
}
