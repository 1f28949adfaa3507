package io.longline.host.plugins;

import io.longline.host.plugins.PluginProblem.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Loads the jars of a selection, except for plugins that run already and can stay as they are. To
 * be used once, by one thread.
 */
final class SelectionLoading {

  private final PluginSelection selection;
  private final LoadedPlugins running;
  private final JarLoader loader;

  /** The plugins that were loaded, in that order. */
  private final List<LoadedPlugin> fresh = new ArrayList<>();

  /** A loading, given the plugins that run. */
  SelectionLoading(PluginSelection selection, LoadedPlugins running, JarLoader loader) {
    this.selection = selection;
    this.running = running;
    this.loader = loader;
  }

  /**
   * Loads the jars; a plugin that does not load is there with its problems.
   *
   * @return all plugins of the selection by id, each after those that it depends on
   */
  Map<String, LoadedPlugin> load() {
    boolean isDone = false;
    try {
      var loaded = load(prepare());
      isDone = true;
      return loaded;
    } finally {
      if (!isDone) {
        undo();
      }
    }
  }

  /** Has the processes of isolated plugins started; returns the ids of the plugins to be loaded. */
  private Set<String> prepare() {
    var ids = new HashSet<String>();
    for (var jar : selection.inLoadOrder()) {
      if (!stays(jar, ids)) {
        ids.add(jar.id());
        loader.prepare(jar, selection.withDependencies(jar));
      }
    }
    return ids;
  }

  private Map<String, LoadedPlugin> load(Set<String> ids) {
    var loaded = new LinkedHashMap<String, LoadedPlugin>();
    for (var jar : selection.inLoadOrder()) {
      var plugin = running.withId(jar.id());
      if (plugin == null || ids.contains(jar.id())) {
        var dependencies =
            dependencies(jar).stream()
                .map(each -> Objects.requireNonNull(loaded.get(each.id())))
                .toList();
        plugin = loader.load(jar, dependencies);
        fresh.add(plugin);
      }
      loaded.put(jar.id(), plugin);
    }
    return loaded;
  }

  /** Whether a plugin runs and stays as it is, given the ids of those that are to be loaded. */
  private boolean stays(PluginJar jar, Set<String> toBeLoaded) {
    var known = running.withId(jar.id());
    if (known == null || !known.isOf(jar) || mayLoadNow(known)) {
      return false;
    }
    var before = known.dependencies().stream().map(each -> each.jar().id()).toList();
    var now = dependencies(jar).stream().map(PluginJar::id).toList();
    return before.equals(now) && now.stream().noneMatch(toBeLoaded::contains);
  }

  /** Whether a plugin failed to load for a reason that may be gone the next time. */
  private static boolean mayLoadNow(LoadedPlugin plugin) {
    return plugin.plugin().problems().stream()
        .anyMatch(
            problem ->
                problem.code() == Code.LOAD_TIMEOUT || problem.code() == Code.PROCESS_FAILED);
  }

  private List<PluginJar> dependencies(PluginJar jar) {
    var all = selection.withDependencies(jar);
    return all.subList(0, all.size() - 1);
  }

  /** The plugins that were loaded here, in the order of loading. */
  List<LoadedPlugin> fresh() {
    return List.copyOf(fresh);
  }

  /** Unloads the plugins that were loaded here, the last one first. */
  void undo() {
    while (!fresh.isEmpty()) {
      fresh.remove(fresh.size() - 1).unload();
    }
  }
}
