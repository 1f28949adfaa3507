package io.longline.host.isolation;

import io.longline.host.plugins.PluginProcesses.NoProcessException;
import java.io.IOException;

/**
 * The process of a plugin ended, or was ended, while it made a call. The message says how, with its
 * last words.
 */
public final class WorkerDiedException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean wasAsked;
  private final boolean wasAlone;
  private final boolean isHooksDoing;

  WorkerDiedException(String message, boolean wasAsked, boolean wasAlone) {
    this(message, wasAsked, wasAlone, true);
  }

  private WorkerDiedException(
      String message, boolean wasAsked, boolean wasAlone, boolean isHooksDoing) {
    super(message, null, false, false);
    this.wasAsked = wasAsked;
    this.wasAlone = wasAlone;
    this.isHooksDoing = isHooksDoing;
  }

  /** There is no process to make the call in. */
  static WorkerDiedException notStarted(IOException cause) {
    return new WorkerDiedException(
        "The plugin's process cannot be started: " + cause.getMessage(),
        true,
        true,
        !(cause instanceof NoProcessException));
  }

  /** Whether the process may have begun the call. */
  boolean wasAsked() {
    return wasAsked;
  }

  /** Whether the plugin may be to blame; not if this machine has no room for another process. */
  public boolean isHooksDoing() {
    return isHooksDoing;
  }

  /** Whether no other call was being made in it, so that it was this one's doing. */
  public boolean wasAlone() {
    return wasAlone;
  }
}
