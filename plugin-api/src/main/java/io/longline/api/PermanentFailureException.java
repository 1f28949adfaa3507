package io.longline.api;

/**
 * Thrown by a hook whose call failed and would fail again: the batch becomes a dead letter of this
 * hook at once. After any other exception the host calls the hook again, up to a limit.
 *
 * @since 0.1.0
 */
public class PermanentFailureException extends Exception {

  private static final long serialVersionUID = 1L;

  /** A failure with a message for the person who can fix it. */
  public PermanentFailureException(String message) {
    super(message);
  }

  /** A failure with a message for the person who can fix it, and its cause. */
  public PermanentFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
