package io.longline.host.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import org.jspecify.annotations.Nullable;

/**
 * A folder below which log directories appear. Immutable; made by {@link #of}, since there may be
 * more components one day.
 *
 * @param path the folder, absolute, without symbolic links
 * @param readiness when a directory below it is complete
 * @param names which directories are log directories, by their own name; null for all
 */
public record WatchedRoot(Path path, Readiness readiness, @Nullable PathMatcher names) {

  /**
   * Watches a folder, in which every directory may be a log directory, and is complete when Zeek
   * has closed its logs.
   *
   * @throws IOException if there is no such folder
   */
  public static WatchedRoot of(Path folder) throws IOException {
    return new WatchedRoot(folder.toRealPath(), new Readiness.Closed(), null);
  }

  /** This folder with another rule for when a directory below it is complete. */
  public WatchedRoot withReadiness(Readiness other) {
    return new WatchedRoot(path, other, names);
  }

  /** This folder with another rule for which directories are log directories; null for all. */
  public WatchedRoot withNames(@Nullable PathMatcher other) {
    return new WatchedRoot(path, readiness, other);
  }

  /** Whether a directory may be a log directory. */
  boolean takes(Path directory) {
    var name = directory.getFileName();
    return names == null || name != null && names.matches(name);
  }
}
