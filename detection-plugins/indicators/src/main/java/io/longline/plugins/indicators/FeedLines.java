package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a feed, with one character for each byte, so that no byte is lost. What a line has
 * beyond 64 KiB is dropped. Confined to one thread.
 */
final class FeedLines implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private byte[] line = new byte[256];
  private int at;
  private int end;
  private long number;

  FeedLines(Path file) throws IOException {
    this.in = Files.newInputStream(file);
  }

  /** How many lines a file has, without reading them. */
  static long count(Path file) throws IOException {
    long count = 1;
    var buffer = new byte[BUFFER];
    try (var in = Files.newInputStream(file)) {
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        for (int i = 0; i < length; i++) {
          if (buffer[i] == '\n') {
            count++;
          }
        }
      }
    }
    return count;
  }

  /** The next line, without its end; null if there is none. */
  @Nullable String next() throws IOException {
    int length = 0;
    int b = read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n') {
      if (length == line.length && length < BUFFER) {
        line = Arrays.copyOf(line, length * 2);
      }
      if (length < line.length) {
        line[length++] = (byte) b;
      }
      b = read();
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    number++;
    return text(length);
  }

  private String text(int length) {
    boolean hasMark =
        number == 1
            && length >= 3
            && line[0] == (byte) 0xEF
            && line[1] == (byte) 0xBB
            && line[2] == (byte) 0xBF;
    int from = hasMark ? 3 : 0;
    return new String(line, from, length - from, ISO_8859_1);
  }

  private int read() throws IOException {
    if (at == end) {
      end = Math.max(0, in.read(buffer));
      at = 0;
      if (end == 0) {
        return -1;
      }
    }
    return buffer[at++] & 0xFF;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
