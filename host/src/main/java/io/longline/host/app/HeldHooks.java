package io.longline.host.app;

import io.longline.host.plugins.CalledHook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The hooks of new plugin versions that wait until the previous version has ended. Thread-safe. */
final class HeldHooks {

  /** The plugin's id by the hook's id. */
  private final Map<String, String> held = new HashMap<>();

  HeldHooks(List<CalledHook> hooks) {
    hooks.forEach(hook -> held.put(hook.id(), hook.pluginId()));
  }

  synchronized Set<String> ids() {
    return Set.copyOf(held.keySet());
  }

  /**
   * Releases the hooks of a plugin.
   *
   * @param onChange receives the ids of the hooks that still wait; no others are released meanwhile
   */
  synchronized void release(String plugin, Consumer<Set<String>> onChange) {
    held.values().removeIf(plugin::equals);
    onChange.accept(ids());
  }
}
