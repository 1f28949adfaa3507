package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What shows that a jar has changed, without reading it. Immutable.
 *
 * @param size in bytes
 * @param modified when it was last written to, in milliseconds since 1970
 * @param key identifies the file; null where the file system has no such key
 */
public record JarStamp(long size, long modified, @Nullable Object key) {

  /** The stamp of a file; null if it is missing, not a regular file, or cannot be looked at. */
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
