package io.longline.host.configuration;

import io.longline.host.plugins.InstalledHook;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the installed hooks a host calls. Immutable.
 *
 * @param only ids of hooks, or of plugins for all their hooks: no others are called; empty for all
 * @param without ids of hooks, or of plugins, that are not called
 */
public record HookSelection(Set<String> only, Set<String> without) {

  /** All hooks. */
  public static final HookSelection ALL = new HookSelection(Set.of(), Set.of());

  /** Makes copies. */
  public HookSelection {
    only = Set.copyOf(only);
    without = Set.copyOf(without);
  }

  /** This selection without some more hooks or plugins. */
  public HookSelection alsoWithout(Collection<String> more) {
    var all = new HashSet<>(without);
    all.addAll(more);
    return new HookSelection(only, all);
  }

  /** The selected hooks among these; ids that name none of them have no effect. */
  public List<InstalledHook> among(List<InstalledHook> installed) {
    return installed.stream()
        .filter(hook -> only.isEmpty() || isNamed(hook, only))
        .filter(hook -> !isNamed(hook, without))
        .toList();
  }

  /**
   * Makes sure that the selection fits the installed hooks.
   *
   * @throws HookSelectionException if an id is neither that of a hook nor of a plugin, or if there
   *     are hooks and none is selected
   */
  public void check(List<InstalledHook> installed) throws HookSelectionException {
    checkKnown(installed, only);
    checkKnown(installed, without);
    if (!installed.isEmpty() && among(installed).isEmpty()) {
      throw new HookSelectionException(
          HookSelectionException.Reason.NONE_LEFT,
          "No hook is left after the setting hooks, the setting without and the plugins that are not enabled.");
    }
  }

  private static boolean isNamed(InstalledHook hook, Collection<String> ids) {
    return ids.contains(hook.id()) || ids.contains(hook.pluginId());
  }

  private static void checkKnown(List<InstalledHook> installed, Set<String> ids)
      throws HookSelectionException {
    var known = new TreeSet<String>();
    for (var hook : installed) {
      known.add(hook.id());
      known.add(hook.pluginId());
    }
    for (var id : ids) {
      if (!known.contains(id)) {
        throw new HookSelectionException(
            HookSelectionException.Reason.UNKNOWN_ID,
            UnknownHook.sentence(id, installed.stream().map(InstalledHook::id).toList()));
      }
    }
  }
}
