package io.longline.api;

/**
 * A hook at the site EXIT: it is called once for each hook object, when the host closes or the
 * plugin is replaced, after the last batch; never after a crash.
 */
public interface ExitHook extends Hook {

  /**
   * Finishes. What is written to outputs becomes visible when this method returns, and not at all
   * if it throws.
   *
   * @param context what the host offers during this call; not to be kept
   * @throws Exception if something failed; it becomes a {@link HookWarning}, and the other EXIT
   *     hooks run
   */
  void exit(HookContext context) throws Exception;
}
