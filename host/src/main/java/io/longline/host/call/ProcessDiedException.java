package io.longline.host.call;

import io.longline.host.event.Ending.Blame;

/**
 * The process of a plugin ended, or was ended, while it made a call, or could not be started. The
 * message says how, with its last words.
 */
public class ProcessDiedException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean wasAlone;
  private final Blame blame;

  /**
   * Creates the exception.
   *
   * @param wasAlone whether no other call was being made in the process, so that this call caused
   *     it
   * @param blame who is to blame for the failure, if the call was alone
   */
  public ProcessDiedException(String message, boolean wasAlone, Blame blame) {
    super(message, null, false, false);
    this.wasAlone = wasAlone;
    this.blame = blame;
  }

  boolean wasAlone() {
    return wasAlone;
  }

  Blame blame() {
    return blame;
  }
}
