package io.longline.host.plugins;

/** Where a hook is called. */
public sealed interface HookPlace {

  /** The number of the process in which it is called; 0 for this one. */
  long process();

  /**
   * In threads of this process.
   *
   * @param object has the one object of the hook's class
   * @param loader the plugin's class loader, to be the context class loader of a call
   */
  record InHost(HookObject object, ClassLoader loader) implements HookPlace {

    @Override
    public long process() {
      return 0;
    }
  }

  /**
   * In a process of its plugin.
   *
   * @param process the number of that process, starting at 1
   */
  record InProcess(long process) implements HookPlace {}
}
