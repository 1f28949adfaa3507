package io.longline.api;

/**
 * A hook at the site EXIT: it is called once for each hook object, when the host closes or the
 * plugin is replaced, after the last batch; never after a crash.
 *
 * @since 0.1.0
 */
public interface ExitHook extends Hook {

  /**
   * Finishes the work of this object. Its output becomes visible when this method returns; if it
   * throws, none of it is kept.
   *
   * @param context what the host offers during this call; not to be kept
   * @throws Exception if something failed; it becomes a {@link HookWarning}, and the other EXIT
   *     hooks still run
   */
  void exit(HookContext context) throws Exception;
}
