package io.longline.host.plugins;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which hook's code a thread runs, so that what the hook prints can be logged under its id. Threads
 * that the hook starts are marked as it is. Thread-safe.
 *
 * <p>The mark is a text, which keeps no class of a plugin alive.
 */
public final class HookThread {

  private static final InheritableThreadLocal<@Nullable String> ID = new InheritableThreadLocal<>();

  private HookThread() {}

  /**
   * Marks this thread.
   *
   * @param id a hook's id, or a plugin's while its hooks are being made
   */
  public static void enter(String id) {
    ID.set(id);
  }

  /** Removes the mark of this thread. */
  public static void leave() {
    ID.set(null);
  }

  /** The id of the hook or plugin whose code this thread runs; null if it runs that of none. */
  public static @Nullable String id() {
    return ID.get();
  }

  /** The logger of a hook or plugin: what it logs and what it prints. */
  public static Logger logger(String id) {
    return LoggerFactory.getLogger("hook." + id.replace('/', '.'));
  }
}
