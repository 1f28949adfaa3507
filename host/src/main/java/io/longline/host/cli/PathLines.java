package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
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
  private final BiConsumer<String, String> rejected;

  /**
   * Lines of UTF-8.
   *
   * @param rejected is given the beginning of each line that is too long, and what to do
   */
  PathLines(InputStream in, BiConsumer<String, String> rejected) {
    this.reader = new BufferedReader(new InputStreamReader(in, UTF_8));
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
    for (int each = reader.read(); each >= 0; each = reader.read()) {
      if (each != '\n' && each != '\r') {
        isTooLong = isTooLong || isFull(line);
        if (!isTooLong) {
          line.append((char) each);
        }
      } else if (!isTooLong && !line.toString().isBlank()) {
        return line.toString();
      } else {
        line.setLength(0);
        isTooLong = false;
      }
    }
    return isTooLong || line.toString().isBlank() ? null : line.toString();
  }

  private boolean isFull(CharSequence line) {
    if (line.length() < MAX_CHARACTERS) {
      return false;
    }
    rejected.accept(
        line.subSequence(0, SHOWN_CHARACTERS) + "…",
        "This line of standard input has more than "
            + MAX_CHARACTERS
            + " characters, so it is no path. Write one path per line.");
    return true;
  }
}
