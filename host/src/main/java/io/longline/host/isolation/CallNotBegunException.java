package io.longline.host.isolation;

import io.longline.host.call.ProcessDiedException;
import io.longline.host.event.Ending.Blame;

/** The process ended before it was asked for the call, which can be made in a fresh one. */
final class CallNotBegunException extends ProcessDiedException {

  private static final long serialVersionUID = 1;

  CallNotBegunException(String message) {
    super(message, false, Blame.HOOK);
  }
}
