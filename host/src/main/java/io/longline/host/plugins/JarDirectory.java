package io.longline.host.plugins;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The sizes that the end of a zip file states, read without reading its directory: the JDK reads a
 * directory as a whole, whatever size it has.
 */
final class JarDirectory {

  /** The largest file that is taken for a jar, in bytes. */
  static final long MAX_FILE = 1L << 30;

  /** The largest directory, in bytes; that of 100,000 entries with long names has 16 MB. */
  private static final long MAX_DIRECTORY = 32L << 20;

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int DIRECTORY_SIZE_AT = 12;
  private static final int MAX_COMMENT = 0xffff;

  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR_OFFSET_AT = 8;
  private static final int END_64_BYTES = 56;
  private static final int DIRECTORY_SIZE_64_AT = 40;

  private JarDirectory() {}

  /**
   * Checks the sizes. Whether it is a zip file is for others to find out.
   *
   * @throws JarLimitException if the file or its directory is too large
   * @throws IOException if the file cannot be read
   */
  static void check(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > MAX_FILE) {
        throw new JarLimitException(
            "The file has %d bytes, more than the %d that a jar may have."
                .formatted(size, MAX_FILE));
      }
      int length = (int) Math.min(size, END_BYTES + LOCATOR_BYTES + MAX_COMMENT);
      var tail = read(channel, size - length, length);
      // Any of these may be taken for the end; a comment can hold some.
      for (int at = 0; at <= length - END_BYTES; at++) {
        if (tail.getInt(at) == END) {
          check(Integer.toUnsignedLong(tail.getInt(at + DIRECTORY_SIZE_AT)));
          check64(channel, tail, at - LOCATOR_BYTES);
        }
      }
    }
  }

  private static void check64(FileChannel channel, ByteBuffer tail, int locator)
      throws IOException {
    if (locator < 0 || tail.getInt(locator) != LOCATOR) {
      return;
    }
    long end = tail.getLong(locator + LOCATOR_OFFSET_AT);
    if (end >= 0 && end <= channel.size() - END_64_BYTES) {
      check(read(channel, end, END_64_BYTES).getLong(DIRECTORY_SIZE_64_AT));
    }
  }

  private static void check(long directorySize) throws JarLimitException {
    // The largest number of four bytes means that the size is elsewhere.
    if ((directorySize < 0 || directorySize > MAX_DIRECTORY) && directorySize != 0xffffffffL) {
      throw new JarLimitException(
          "The directory of the jar has %s bytes, more than the %d that are read."
              .formatted(Long.toUnsignedString(directorySize), MAX_DIRECTORY));
    }
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // The channel reads some at a time.
    }
    return bytes;
  }
}
