package io.longline.host.configuration;

/** A selection of hooks does not fit the hooks that are installed; the message says why. */
public final class HookSelectionException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why a selection does not fit. */
  public enum Reason {
    /** It names a hook or plugin that is not installed. */
    UNKNOWN_ID,
    /** It leaves no hook. */
    NONE_LEFT
  }

  private final Reason reason;

  HookSelectionException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it does not fit. */
  public Reason reason() {
    return reason;
  }
}
