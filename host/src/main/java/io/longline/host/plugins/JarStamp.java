package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether a jar is another one than before, without reading it. Immutable.
 *
 * @param size in bytes
 * @param modified when it was written to last, in milliseconds of the epoch
 * @param key which file it is; null where the file system has no such thing
 */
public record JarStamp(long size, long modified, @Nullable Object key) {

  /** The stamp of a file; null if it is not there, is no regular file, or cannot be looked at. */
  public static @Nullable JarStamp of(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? new JarStamp(
              attributes.size(), attributes.lastModifiedTime().toMillis(), attributes.fileKey())
          : null;
    } catch (IOException e) {
      return null;
    }
  }
}
