package io.longline.host.plugins;

import io.longline.api.ApiVersion;
import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.plugins.PluginProcesses.PluginProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;

/**
 * Loads plugins one by one, each with a limit of time. Confined to one thread.
 *
 * <p>Each has a pf4j manager of its own, which knows the plugins that it depends on: so two
 * versions of a plugin can be loaded beside each other, and unloading one touches no other.
 */
final class JarLoader {

  private final Path folder;
  private final Duration limit;
  private final @Nullable PluginProcesses processes;

  /** Those of plugins that are to be loaded next. */
  private final Map<PluginJar, PluginProcess> starting = new HashMap<>();

  /**
   * A loader.
   *
   * @param limit how long the hooks of one plugin may take to be made
   * @param processes runs some plugins in processes of their own; null to run all in this one
   */
  JarLoader(Path folder, Duration limit, @Nullable PluginProcesses processes) {
    this.folder = folder;
    this.limit = limit;
    this.processes = processes;
  }

  /**
   * Begins to start the process of a plugin that is to be loaded, if it is to have one.
   *
   * @param withDependencies its jar, last, and before it those of the plugins that it depends on
   */
  void prepare(PluginJar jar, List<PluginJar> withDependencies) {
    if (processes != null && processes.isIsolated(jar.id())) {
      var jars =
          withDependencies.stream()
              .map(one -> new PluginProcesses.JarCopy(one.file(), one.content()))
              .toList();
      starting.put(jar, processes.start(jar.id(), jars));
    }
  }

  /**
   * Loads a plugin.
   *
   * @param dependencies the plugins that it depends on, those that they depend on before them
   */
  LoadedPlugin load(PluginJar jar, List<LoadedPlugin> dependencies) {
    var manager = new GuardedPluginManager(folder, ApiVersion.current(), dependencies);
    var process = starting.remove(jar);
    Plugin started = null;
    InstalledPlugin plugin;
    try {
      var loader = manager.load(jar).getPluginClassLoader();
      if (process != null) {
        // Here it is loaded for the classes that other plugins use; nothing of it runs.
        plugin = loadElsewhere(jar, process);
      } else {
        var result = loadHooks(jar, loader);
        started = result.plugin();
        plugin = loaded(jar, result.hooks(), result.problems(), List.of());
      }
    } catch (PluginRejectedException e) {
      plugin = failed(jar, e.problem());
    } catch (RuntimeException e) {
      plugin =
          failed(
              jar,
              jar.problem(
                  Code.NOT_A_PLUGIN,
                  "pf4j cannot load the jar: " + e.getMessage() + ".",
                  "Check the Plugin-… lines of its manifest."));
    }
    return new LoadedPlugin(jar, dependencies, plugin, manager, started, process, limit);
  }

  private static InstalledPlugin loadElsewhere(PluginJar jar, PluginProcess process) {
    try {
      var result = process.ready();
      return loaded(
          jar,
          result.hooks().stream()
              .map(hook -> InstalledHook.inProcess(hook, process.number()))
              .toList(),
          result.problems(),
          result.badSettings());
    } catch (IOException e) {
      return failed(
          jar,
          jar.problem(
              Code.PROCESS_FAILED,
              "The process of the plugin did not get ready: " + e.getMessage(),
              e instanceof PluginProcesses.NoProcessException
                  ? "Give the host more room (ulimit -n, ulimit -u) and start it again."
                  : "Fix the plugin, or run it in the host with isolation = \"thread\"."));
    }
  }

  private static InstalledPlugin loaded(
      PluginJar jar,
      List<InstalledHook> hooks,
      List<PluginProblem> found,
      List<String> badSettings) {
    // A process has inspected the jar as well.
    var problems = new LinkedHashSet<PluginProblem>(found);
    problems.addAll(jar.problems());
    return InstalledPlugin.of(
        jar.file(), jar.id(), jar.version(), hooks, List.copyOf(problems), badSettings);
  }

  private static InstalledPlugin failed(PluginJar jar, PluginProblem problem) {
    return InstalledPlugin.failed(jar.file(), jar.id(), jar.version(), List.of(problem));
  }

  /** Makes the hooks on a thread of their own, which is given up if it takes too long. */
  private HookLoader.Result loadHooks(PluginJar jar, ClassLoader loader)
      throws PluginRejectedException {
    try {
      return TimeLimit.call("plugin-loader", jar.id(), limit, new HookLoader(jar, loader)::load);
    } catch (TimeoutException e) {
      throw new PluginRejectedException(
          jar.problem(
              Code.LOAD_TIMEOUT,
              "The plugin's classes were not ready after "
                  + limit.toSeconds()
                  + " s; the loader hangs at "
                  + e.getMessage()
                  + ".",
              "Move slow work from static initialisers and constructors into process()."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginRejectedException(
          jar.problem(Code.LOAD_TIMEOUT, "Loading was interrupted.", "Start the host again."));
    } catch (ExecutionException e) {
      throw new IllegalStateException("The loader of " + jar.id() + " failed.", e);
    }
  }
}
