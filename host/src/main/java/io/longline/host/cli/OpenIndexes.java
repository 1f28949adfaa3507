package io.longline.host.cli;

import io.longline.host.event.ShellWord;
import io.longline.host.index.IndexedPlugin;
import io.longline.host.index.IndexedRelease;
import io.longline.host.index.OpenedIndex;
import io.longline.host.index.PluginIndexes;
import io.longline.zeek.NearestName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The indexes that a command uses, in the order of the settings. Confined to one thread. */
final class OpenIndexes {

  private final List<OpenedIndex> indexes = new ArrayList<>();

  /** Those that come behind one that cannot be used. */
  private final List<OpenedIndex> behindBroken = new ArrayList<>();

  private boolean isAnyBroken;

  private OpenIndexes() {}

  /** Opens indexes; one that cannot be used is reported, and left out. */
  static OpenIndexes open(List<String> locations, PluginIndexes opener, Consumer<String> complain) {
    var opened = new OpenIndexes();
    for (var location : locations) {
      try {
        var index = opener.open(location);
        opened.indexes.add(index);
        if (opened.isAnyBroken) {
          opened.behindBroken.add(index);
        }
      } catch (IOException e) {
        opened.isAnyBroken = true;
        complain.accept(String.valueOf(e.getMessage()));
      }
    }
    if (locations.isEmpty()) {
      complain.accept(
          "No index of plugins is named. Name a folder or an https address in the setting plugins.index, or with --index.");
    }
    return opened;
  }

  /**
   * A plugin in an index.
   *
   * @param index the first index that has it
   * @param plugin what the index says of it
   * @param isCertain whether all indexes that come before could be used
   */
  record Found(OpenedIndex index, IndexedPlugin plugin, boolean isCertain) {

    /**
     * Gets and installs a version; returns the exit code.
     *
     * @throws IOException if that fails, or if another index may have to be used: who keeps one
     *     from being read must not choose where a plugin comes from
     */
    int install(JarInstaller installer, IndexedRelease release) throws IOException {
      if (!isCertain) {
        throw new IOException(
            "%s was found in %s, but an index that comes before it cannot be used, and may have the plugin too. Nothing was installed; to use this index alone: --index %s"
                .formatted(plugin.id(), index.name(), ShellWord.of(index.name())));
      }
      try (var jar = index.download(plugin, release)) {
        var origin = index.name() + (index.name().endsWith("/") ? "" : "/") + release.url();
        return installer.install(jar, plugin.id(), release.version(), origin);
      }
    }
  }

  /** The plugin of an id in the first index that has it; null if none has it. */
  @Nullable Found find(String id) {
    for (var index : indexes) {
      var plugin = index.content().plugin(id);
      if (plugin.isPresent()) {
        return found(index, plugin.get());
      }
    }
    return null;
  }

  private Found found(OpenedIndex index, IndexedPlugin plugin) {
    return new Found(index, plugin, !behindBroken.contains(index));
  }

  /** A sentence for a plugin that no index has. */
  String notFound(String id) {
    var known = all().stream().map(each -> each.plugin().id()).toList();
    return "There is no plugin %s in an index that could be used, nor a file of this name.%s"
        .formatted(id, NearestName.question(id, known));
  }

  /** All plugins of all indexes; one that two indexes have is that of the first. */
  List<Found> all() {
    var all = new ArrayList<Found>();
    for (var index : indexes) {
      for (var plugin : index.content().plugins()) {
        if (all.stream().noneMatch(each -> each.plugin().id().equalsIgnoreCase(plugin.id()))) {
          all.add(found(index, plugin));
        }
      }
    }
    return all;
  }

  /** Whether an index cannot be used. */
  boolean isAnyBroken() {
    return isAnyBroken;
  }

  /** The exit code of a command that has done what it could with the indexes that there are. */
  int exitCode() {
    if (indexes.isEmpty()) {
      return isAnyBroken ? ExitCode.REFUSED : ExitCode.USAGE;
    }
    return isAnyBroken ? ExitCode.PROBLEMS : ExitCode.OK;
  }
}
