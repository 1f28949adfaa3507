package io.longline.api;

import org.pf4j.ExtensionPoint;

/**
 * The common part of all hooks: name, concurrency and settings. A plugin implements one of the
 * interfaces below it: {@link RecordHook} or {@link LogHook} at the site {@link Site#HOOK}, {@link
 * ExitHook} at the site {@link Site#EXIT}, or one of the first two together with {@code ExitHook},
 * {@link WindowHook}, or both.
 *
 * <p>A hook needs a public constructor without parameters. Its fields are a cache: after a crash or
 * a reload there is a new object that has seen nothing.
 *
 * @since 0.1.0
 */
public interface Hook extends ExtensionPoint {

  /**
   * The hook's name within its plugin; with the plugin's id it forms the hook's id, {@code
   * plugin-id/name}, under which the host records what is done. Called once, when the plugin is
   * loaded.
   *
   * @return letters, digits, {@code .}, {@code _} and {@code -}; by default the simple name of the
   *     class
   */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * The value of {@link #maxConcurrency} for a hook whose calls and sinks share nothing that
   * changes: the host makes as many calls at once as it has workers.
   */
  int UNLIMITED = Integer.MAX_VALUE;

  /**
   * How many calls of this object may be made at the same time; for a {@link RecordHook}, how many
   * of its sinks may be open at the same time. With 1, the default, the hook and its sinks may use
   * the fields of the object freely: calls and sinks come one after the other, and each sees what
   * those before it have written. A hook that keeps nothing but what is in its sinks returns {@link
   * #UNLIMITED}, and is called with several batches at once. Called once, when the plugin is
   * loaded.
   *
   * @return 1 or more; 1 by default
   */
  default int maxConcurrency() {
    return 1;
  }

  /**
   * The settings that this hook reads: a record whose components are declared with {@link Setting}.
   * They are checked before the host starts work, and each call gets them from {@link
   * HookContext#settings}. Hooks of one plugin share its section of the settings file; each may
   * have its own record, or they may share one. Called once, when the plugin is loaded.
   *
   * @return a record; by default one without components
   */
  default Class<? extends Record> settings() {
    return NoSettings.class;
  }
}
