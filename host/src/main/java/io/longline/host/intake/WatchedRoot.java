package io.longline.host.intake;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import org.jspecify.annotations.Nullable;

/**
 * A folder below which log directories appear. Immutable.
 *
 * @param path the folder, absolute, without symbolic links
 * @param readiness when a directory below it is complete
 * @param names which directories are log directories, by their own name; null for all
 */
public record WatchedRoot(Path path, Readiness readiness, @Nullable PathMatcher names) {

  /** Whether a directory may be a log directory. */
  boolean takes(Path directory) {
    var name = directory.getFileName();
    return names == null || name != null && names.matches(name);
  }
}
