package io.longline.host.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file as it was when it was looked at. Immutable.
 *
 * @param name within its folder
 * @param size in bytes
 * @param modifiedMillis when it was changed last, in milliseconds since 1970 by the file system's
 *     clock; compared with itself only
 */
public record FileStamp(String name, long size, long modifiedMillis) {

  /**
   * Looks at a file.
   *
   * @throws IOException if it cannot be looked at
   */
  public static FileStamp of(Path file) throws IOException {
    return of(file, Files.readAttributes(file, BasicFileAttributes.class));
  }

  /** A file with attributes that were read before. */
  public static FileStamp of(Path file, BasicFileAttributes attributes) {
    return new FileStamp(
        file.getFileName().toString(), attributes.size(), attributes.lastModifiedTime().toMillis());
  }
}
