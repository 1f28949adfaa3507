package io.longline.host.plugins;

import io.longline.host.plugins.PluginProcesses.PluginProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;
import org.pf4j.PluginManager;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that was loaded, or that failed to load, with all that unloading has to end. Unloading
 * is confined to one thread; the rest is immutable.
 */
final class LoadedPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugin.class);

  private final PluginJar jar;
  private final List<LoadedPlugin> dependencies;
  private final InstalledPlugin plugin;
  private final PluginManager manager;
  private final @Nullable Plugin started;
  private final @Nullable PluginProcess process;
  private final Duration limit;

  /**
   * A plugin.
   *
   * @param jar its jar
   * @param dependencies the plugins that it depends on, each after its own dependencies
   * @param plugin its hooks and problems
   * @param manager has its class loader, and otherwise only those of its dependencies
   * @param started its Plugin-Class; null if it has none that runs here
   * @param process the process that its hooks are in; null if they are in this one
   * @param limit how long stopping its Plugin-Class may take
   */
  LoadedPlugin(
      PluginJar jar,
      List<LoadedPlugin> dependencies,
      InstalledPlugin plugin,
      PluginManager manager,
      @Nullable Plugin started,
      @Nullable PluginProcess process,
      Duration limit) {
    this.jar = jar;
    this.dependencies = List.copyOf(dependencies);
    this.plugin = plugin;
    this.manager = manager;
    this.started = started;
    this.process = process;
    this.limit = limit;
  }

  PluginJar jar() {
    return jar;
  }

  /** Whether it was loaded from a jar, or from a copy of the same content. */
  boolean isOf(PluginJar other) {
    return jar.id().equals(other.id()) && jar.content().equals(other.content());
  }

  List<LoadedPlugin> dependencies() {
    return dependencies;
  }

  InstalledPlugin plugin() {
    return plugin;
  }

  /** pf4j's view of it; null if pf4j could not load it. */
  @Nullable PluginWrapper wrapper() {
    return manager.getPlugin(jar.id());
  }

  private void stop(Plugin running) {
    try {
      TimeLimit.call(
          "plugin-stop",
          jar.id(),
          limit,
          () -> {
            running.stop();
            return true;
          });
    } catch (TimeoutException e) {
      LOG.warn(
          "The Plugin-Class of {} has not stopped after {} s; it hangs at {}. The plugin is unloaded anyway.",
          jar.id(),
          limit.toSeconds(),
          e.getMessage());
    } catch (ExecutionException e) {
      LOG.warn(
          "The Plugin-Class of {} failed to stop; the plugin is unloaded anyway.",
          jar.id(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops and unloads it. Failures are logged. */
  void unload() {
    if (started != null) {
      stop(started);
    }
    if (process != null) {
      process.close();
    }
    try {
      if (wrapper() != null) {
        manager.unloadPlugin(jar.id());
      }
    } catch (RuntimeException e) {
      LOG.warn("The plugin {} could not be unloaded.", jar.id(), e);
    }
  }
}
