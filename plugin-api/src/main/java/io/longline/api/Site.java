package io.longline.api;

/**
 * A point in the host's life at which hooks are called.
 *
 * @since 0.1.0
 */
public enum Site {
  /** With each batch of logs: {@link RecordHook} and {@link LogHook}. */
  HOOK,
  /** When a window is closed: {@link WindowHook}. */
  WINDOW,
  /** When the host closes or the plugin is replaced: {@link ExitHook}. */
  EXIT
}
