package io.longline.api;

/** Where in the host's life a hook is called. */
public enum Site {
  /** With each batch of logs: {@link LogHook}. */
  HOOK,
  /** Once, when the host closes: {@link ExitHook}. */
  EXIT
}
