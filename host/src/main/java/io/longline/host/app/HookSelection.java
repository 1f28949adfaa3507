package io.longline.host.app;

import io.longline.host.plugins.InstalledHook;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which of the installed hooks are called: {@code --hooks} and {@code --without}. */
final class HookSelection {

  private HookSelection() {}

  /**
   * The hooks that are left.
   *
   * @throws HostRefusedException if an id is neither that of a hook nor of a plugin, or none is
   *     left
   */
  static List<InstalledHook> of(
      List<InstalledHook> installed, Set<String> only, Set<String> without)
      throws HostRefusedException {
    checkKnown(installed, only);
    checkKnown(installed, without);
    var selected = among(installed, only, without);
    if (selected.isEmpty() && !installed.isEmpty()) {
      throw new HostRefusedException(
          HostRefusedException.Reason.NO_HOOK,
          "No hook is left after --hooks, --without and the plugins that are not enabled in the settings.");
    }
    return selected;
  }

  /** Those that are called, whether or not all that is named is there. */
  static List<InstalledHook> among(
      List<InstalledHook> installed, Collection<String> only, Collection<String> without) {
    return installed.stream()
        .filter(hook -> only.isEmpty() || isNamed(hook, only))
        .filter(hook -> !isNamed(hook, without))
        .toList();
  }

  private static boolean isNamed(InstalledHook hook, Collection<String> ids) {
    return ids.contains(hook.id()) || ids.contains(hook.pluginId());
  }

  private static void checkKnown(List<InstalledHook> installed, Set<String> ids)
      throws HostRefusedException {
    var known = new TreeSet<String>();
    for (var hook : installed) {
      known.add(hook.id());
      known.add(hook.pluginId());
    }
    for (var id : ids) {
      if (!known.contains(id)) {
        throw new HostRefusedException(
            HostRefusedException.Reason.USAGE,
            "There is no hook or plugin " + id + ". There are: " + String.join(", ", known) + ".");
      }
    }
  }
}
