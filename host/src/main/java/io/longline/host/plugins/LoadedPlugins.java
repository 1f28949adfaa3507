package io.longline.host.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plugins that are loaded, by the files of their jars. Immutable. */
final class LoadedPlugins {

  /** No plugins, as before the start of a host. */
  static final LoadedPlugins NONE = new LoadedPlugins(Map.of());

  private final Map<Path, LoadedPlugin> byFile;

  /** These plugins, in the order in which they were loaded. */
  LoadedPlugins(Map<Path, LoadedPlugin> byFile) {
    this.byFile = Collections.unmodifiableMap(new LinkedHashMap<>(byFile));
  }

  /** The plugins, each after those that it depends on; one with two files is there twice. */
  Collection<LoadedPlugin> all() {
    return byFile.values();
  }

  /** The plugin of a file; null if there is none. */
  @Nullable LoadedPlugin at(Path file) {
    return byFile.get(file);
  }

  /** The plugin with an id, in whatever case; null if there is none. */
  @Nullable LoadedPlugin withId(String id) {
    return byFile.values().stream()
        .filter(each -> each.jar().id().equalsIgnoreCase(id))
        .findFirst()
        .orElse(null);
  }

  /** Whether the content of a jar is loaded under its id. */
  boolean has(PluginJar jar) {
    var plugin = withId(jar.id());
    return plugin != null && plugin.isOf(jar);
  }

  /** The plugins that others do not have. */
  List<LoadedPlugin> notIn(LoadedPlugins others) {
    var own = new ArrayList<>(byFile.values());
    own.removeAll(others.byFile.values());
    return own;
  }
}
