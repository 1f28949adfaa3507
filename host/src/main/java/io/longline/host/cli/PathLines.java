package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The paths on standard input, one per line; blank lines are skipped, and so are lines that are too
 * long to be a path, which never fill the memory. Confined to one thread.
 */
final class PathLines {

  /** Four times as long as a path can be on Linux. */
  static final int MAX_CHARACTERS = 16_384;

  private static final int SHOWN_CHARACTERS = 60;

  private final Reader reader;

  /** Characters that were read and not looked at yet, from one index to the other. */
  private final char[] buffer = new char[8_192];

  private int at;
  private int end;
  private final BiConsumer<String, String> rejected;

  /**
   * Lines of UTF-8.
   *
   * @param rejected is given the beginning of each line that is too long, and what to do
   */
  PathLines(InputStream in, BiConsumer<String, String> rejected) {
    this.reader = new InputStreamReader(in, UTF_8);
    this.rejected = rejected;
  }

  /**
   * The next path.
   *
   * @return null if there is no other
   * @throws IOException if it cannot be read
   */
  @Nullable String next() throws IOException {
    var line = new StringBuilder();
    boolean isTooLong = false;
    while (fill()) {
      int lineEnd = lineEnd();
      isTooLong = isTooLong || !take(line, lineEnd - at);
      at = lineEnd;
      if (at < end) {
        at++;
        if (!isTooLong && !line.toString().isBlank()) {
          return line.toString();
        }
        line.setLength(0);
        isTooLong = false;
      }
    }
    return isTooLong || line.toString().isBlank() ? null : line.toString();
  }

  /** Sees to it that the buffer has something; false at the end. */
  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, reader.read(buffer, 0, buffer.length));
    }
    return at < end;
  }

  /** The index of the next line break in the buffer, or its end. */
  private int lineEnd() {
    int index = at;
    while (index < end && buffer[index] != '\n' && buffer[index] != '\r') {
      index++;
    }
    return index;
  }

  /** Adds the next characters of the buffer to a line; false if that is too long then. */
  private boolean take(StringBuilder line, int count) {
    int room = MAX_CHARACTERS - line.length();
    line.append(buffer, at, Math.min(count, room));
    if (count <= room) {
      return true;
    }
    rejected.accept(
        line.subSequence(0, SHOWN_CHARACTERS) + "…",
        "This line of standard input has more than "
            + MAX_CHARACTERS
            + " characters, so it is no path. Write one path per line.");
    return false;
  }
}
