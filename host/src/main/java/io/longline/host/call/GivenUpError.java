package io.longline.host.call;

/**
 * Unwinds a thread that was given up, once the hook that it hung in has finally returned. Code on
 * its way out must do nothing more: another thread has taken over.
 */
public final class GivenUpError extends Error {

  private static final long serialVersionUID = 1;

  GivenUpError() {
    super("The thread was given up.", null, false, false);
  }
}
