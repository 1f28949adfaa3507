package io.longline.host.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an index says. Immutable.
 *
 * @param timestamp when it was made
 * @param expires when it is too old to be used; null for never
 * @param mirrors where the jars are too: addresses of folders
 * @param plugins the plugins
 */
public record PluginIndex(
    Instant timestamp,
    @Nullable Instant expires,
    List<String> mirrors,
    List<IndexedPlugin> plugins) {

  /** The name of its file. */
  public static final String FILE = "index.json";

  /** Makes copies. */
  public PluginIndex {
    mirrors = List.copyOf(mirrors);
    plugins = List.copyOf(plugins);
  }

  /** The plugin of an id, in whatever case. */
  public Optional<IndexedPlugin> plugin(String id) {
    return plugins.stream().filter(each -> each.id().equalsIgnoreCase(id)).findFirst();
  }
}
