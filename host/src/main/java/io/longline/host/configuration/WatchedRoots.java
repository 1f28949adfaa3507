package io.longline.host.configuration;

import io.longline.host.intake.Readiness;
import io.longline.host.intake.WatchedRoot;
import io.longline.host.settings.SettingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads which folders a host watches. */
final class WatchedRoots {

  private WatchedRoots() {}

  /**
   * The folders to watch.
   *
   * @param named the folders that a user names, which are watched instead of those in the settings
   *     file; what its tables say of them holds
   */
  static List<WatchedRoot> read(SettingReader reader, List<Path> named) {
    var ready = reader.get(DeclaredSettings.READY, new Readiness.Closed());
    var inFile = inFile(reader, ready, named.isEmpty());
    if (named.isEmpty()) {
      return inFile;
    }
    var roots = new ArrayList<WatchedRoot>();
    for (var path : named) {
      var folder = folder(path);
      if (folder == null) {
        reader.problem("There is no folder " + path + " to watch.");
      } else {
        roots.add(
            inFile.stream()
                .filter(each -> each.path().equals(folder))
                .findFirst()
                .orElse(new WatchedRoot(folder, ready, null)));
      }
    }
    return roots;
  }

  private static List<WatchedRoot> inFile(
      SettingReader reader, Readiness ready, boolean mustExist) {
    var roots = new ArrayList<WatchedRoot>();
    for (var table : RootTable.of(reader.sources().file())) {
      var path = table.path(reader);
      var own = table.readiness(reader);
      var names = table.names(reader);
      var folder = path == null ? null : folder(path);
      if (folder != null) {
        roots.add(new WatchedRoot(folder, Objects.requireNonNullElse(own, ready), names));
      } else if (path != null && mustExist) {
        reader.problem(table.place() + ": there is no folder " + path + " to watch.");
      }
    }
    return roots;
  }

  /** The folder itself, without links on the way to it; null if there is none. */
  private static @Nullable Path folder(Path path) {
    try {
      return Files.isDirectory(path) ? path.toRealPath() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
