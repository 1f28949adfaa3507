package io.longline.api;

/**
 * Says that a call failed and that trying it again is pointless: the batch becomes a dead letter of
 * this hook at once. Everything else that a hook throws is tried again some times.
 */
public class PermanentFailureException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong, for the person who can mend it. */
  public PermanentFailureException(String message) {
    super(message);
  }

  /** The same with what was thrown. */
  public PermanentFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
