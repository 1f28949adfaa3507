package io.longline.host.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Reads a file that somebody has named, and that may be anything: the text of a regular file, up to
 * a limit. Thread-safe.
 */
public final class SmallFile {

  private SmallFile() {}

  /**
   * The text of a file.
   *
   * @param limit the most bytes that it may have
   * @param options how it is opened
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws java.nio.charset.CharacterCodingException if it is not in UTF-8
   * @throws IOException if it is not a regular file, has more bytes, or cannot be read; the message
   *     is to be put after a colon
   */
  public static String text(Path file, int limit, OpenOption... options) throws IOException {
    // Opening a pipe would wait for somebody to write to it, and a device may have no end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(
          Files.isDirectory(file) ? "it is a folder" : "it is not a regular file");
    }
    try (var in = Files.newInputStream(file, options)) {
      var bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException("it has more than the %d bytes that are read".formatted(limit));
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
