package io.longline.host.plugins;

import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginDescriptor;

/** The manifest of a plugin as a descriptor of pf4j. Not changed after its construction. */
final class JarPluginDescriptor extends DefaultPluginDescriptor {

  private final boolean hasPluginClass;

  JarPluginDescriptor(
      String id,
      String version,
      @Nullable String requires,
      @Nullable String dependencies,
      @Nullable String pluginClass) {
    setPluginId(id);
    setPluginVersion(version);
    setPluginDescription("");
    setDependencies(dependencies);
    if (requires != null && !requires.isBlank()) {
      setRequires(requires.strip());
    }
    this.hasPluginClass = pluginClass != null && !pluginClass.isBlank();
    if (pluginClass != null && hasPluginClass) {
      setPluginClass(pluginClass.strip());
    }
  }

  /** Whether the plugin has a class of its own that is to be started and stopped. */
  boolean hasPluginClass() {
    return hasPluginClass;
  }
}
