package io.longline.host.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The plugins of a folder after loading. Immutable.
 *
 * @param plugins all jars, also those that are not loaded
 * @param loaded the plugins that are loaded
 * @param stamps the files as they were when they were read
 */
record LoadedFolder(
    List<InstalledPlugin> plugins, LoadedPlugins loaded, Map<Path, JarStamp> stamps) {

  LoadedFolder {
    plugins = List.copyOf(plugins);
    stamps = Map.copyOf(stamps);
  }
}
