package io.longline.host.isolation;

/**
 * The process of a plugin ended, or was ended, while it made a call. The message says how, with its
 * last words.
 */
public final class WorkerDiedException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean wasAsked;
  private final boolean wasAlone;

  WorkerDiedException(String message, boolean wasAsked, boolean wasAlone) {
    super(message, null, false, false);
    this.wasAsked = wasAsked;
    this.wasAlone = wasAlone;
  }

  /** Whether the process may have begun the call. */
  boolean wasAsked() {
    return wasAsked;
  }

  /** Whether no other call was being made in it, so that it was this one's doing. */
  public boolean wasAlone() {
    return wasAlone;
  }
}
