package io.longline.host.app;

/**
 * The host does not start; the message says why and what to do. Nothing was processed or written.
 */
public final class HostRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why it does not start. */
  public enum Reason {
    /** Something that was asked for does not exist: a usage error. */
    USAGE,
    /** No hook is installed, or no hook is left. */
    NO_HOOK,
    /** The output folder, the plugins folder or a plugin cannot be used. */
    REFUSED
  }

  private final Reason reason;

  HostRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  HostRefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
