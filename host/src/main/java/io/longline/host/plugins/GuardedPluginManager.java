package io.longline.host.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.JarPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;

/**
 * A manager of pf4j for one plugin, of which only {@code loadPlugin} and {@code unloadPlugin} are
 * used. It loads jars that were inspected before, with class loaders that see the API alone; it
 * does not look up extensions, since one bad class would hide those of all plugins, and writes no
 * files into the plugins folder. Confined to one thread at a time.
 */
final class GuardedPluginManager extends JarPluginManager {

  private final Map<Path, JarPluginDescriptor> descriptors = new ConcurrentHashMap<>();

  /**
   * A manager for one plugin.
   *
   * @param dependencies the plugins that the plugin depends on, loaded by other managers
   */
  GuardedPluginManager(Path folder, String apiVersion, List<LoadedPlugin> dependencies) {
    super(folder);
    setSystemVersion(apiVersion);
    for (var dependency : dependencies) {
      var wrapper = dependency.wrapper();
      if (wrapper != null) {
        plugins.put(wrapper.getPluginId(), wrapper);
        getPluginClassLoaders().put(wrapper.getPluginId(), wrapper.getPluginClassLoader());
      }
    }
  }

  /** Loads a jar that was inspected. */
  PluginWrapper load(PluginJar jar) {
    descriptors.put(jar.content(), jar.descriptor());
    return getPlugin(loadPlugin(jar.content()));
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new PluginDescriptorFinder() {
      @Override
      public boolean isApplicable(Path path) {
        return descriptors.containsKey(path);
      }

      @Override
      public PluginDescriptor find(Path path) {
        return Objects.requireNonNull(descriptors.get(path), () -> "not inspected: " + path);
      }
    };
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new PluginLoader() {
      @Override
      public boolean isApplicable(Path path) {
        return true;
      }

      @Override
      public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
        return loader(path, descriptor);
      }
    };
  }

  private ClassLoader loader(Path jar, PluginDescriptor descriptor) {
    var api = new ApiClassLoader(GuardedPluginManager.class.getClassLoader());
    try {
      return new JarClassLoader(this, descriptor, api, JarContents.open(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    return new ExtensionFinder() {
      @Override
      public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
        return new ArrayList<>();
      }

      @Override
      public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
        return new ArrayList<>();
      }

      @Override
      @SuppressWarnings("rawtypes") // pf4j declares it so.
      public List<ExtensionWrapper> find(String pluginId) {
        return new ArrayList<>();
      }

      @Override
      public Set<String> findClassNames(String pluginId) {
        return new HashSet<>();
      }
    };
  }

  @Override
  protected ExtensionFactory createExtensionFactory() {
    return new ExtensionFactory() {
      @Override
      public <T> T create(Class<T> extensionClass) {
        throw new UnsupportedOperationException("HookLoader creates hooks.");
      }
    };
  }

  @Override
  protected PluginStatusProvider createPluginStatusProvider() {
    return new PluginStatusProvider() {
      @Override
      public boolean isPluginDisabled(String pluginId) {
        return false;
      }

      @Override
      public void disablePlugin(String pluginId) {
        throw new UnsupportedOperationException("disable " + pluginId);
      }

      @Override
      public void enablePlugin(String pluginId) {
        throw new UnsupportedOperationException("enable " + pluginId);
      }
    };
  }

  /** Gives each plugin an empty class: HookLoader creates the one that it may have. */
  @Override
  protected PluginFactory createPluginFactory() {
    return wrapper -> new Plugin() {};
  }
}
