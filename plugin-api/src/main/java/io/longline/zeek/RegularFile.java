package io.longline.zeek;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Opens regular files, and nothing else: a named pipe or a device may never end, or not even open.
 * Links are followed. Stateless.
 */
final class RegularFile {

  private RegularFile() {}

  /**
   * Opens a file for reading. One without length is not opened: what the system makes up as it is
   * read, below {@code /proc} say, may never end.
   *
   * @throws IOException if it cannot be opened, or is not a regular file
   */
  static InputStream open(Path file) throws IOException {
    if (regular(file).size() == 0) {
      return InputStream.nullInputStream();
    }
    var in = Files.newInputStream(file);
    try {
      // It may have been exchanged meanwhile.
      check(file);
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Checks that a file is a regular one.
   *
   * @throws IOException if it is not, or does not exist
   */
  static void check(Path file) throws IOException {
    regular(file);
  }

  private static BasicFileAttributes regular(Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "It is not a regular file");
    }
    return attributes;
  }
}
