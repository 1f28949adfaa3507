package io.longline.host.plugins;

import io.longline.host.plugins.PluginProcesses.PluginProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that was loaded, with what has to be ended when it is unloaded. Unloading is confined to
 * one thread; the rest is immutable.
 */
final class LoadedPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugin.class);

  private final PluginJar jar;
  private final List<LoadedPlugin> dependencies;
  private final InstalledPlugin plugin;
  private final GuardedPluginManager manager;
  private final @Nullable Plugin started;
  private final @Nullable PluginProcess process;

  /**
   * A plugin.
   *
   * @param jar its jar
   * @param dependencies the plugins that it depends on, those that they depend on before them
   * @param plugin what came of it
   * @param manager has its class loader, and no other plugin of its own
   * @param started its Plugin-Class; null if it has none that runs here
   * @param process the process that its hooks are in; null if they are in this one
   */
  LoadedPlugin(
      PluginJar jar,
      List<LoadedPlugin> dependencies,
      InstalledPlugin plugin,
      GuardedPluginManager manager,
      @Nullable Plugin started,
      @Nullable PluginProcess process) {
    this.jar = jar;
    this.dependencies = List.copyOf(dependencies);
    this.plugin = plugin;
    this.manager = manager;
    this.started = started;
    this.process = process;
  }

  PluginJar jar() {
    return jar;
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

  /** Stops and unloads it. What fails is logged. */
  void unload() {
    try {
      if (started != null) {
        started.stop();
      }
    } catch (Throwable e) {
      LOG.warn("The Plugin-Class of {} failed to stop; it is unloaded all the same.", jar.id(), e);
    }
    if (process != null) {
      process.close();
    }
    try {
      manager.unload(jar);
    } catch (RuntimeException e) {
      LOG.warn("The plugin {} could not be unloaded.", jar.id(), e);
    }
  }
}
