package io.longline.host.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.files.ReplacedFile;
import io.longline.host.settings.SmallFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The newest timestamp that was seen of each index, in a file beside the lock: whoever serves an
 * old index would hide what has been released since. Thread-safe within one program.
 */
final class SeenIndexes {

  private static final String FILE = "plugins.index-seen";
  private static final int MAX_BYTES = 256 << 10;

  private final Path file;

  SeenIndexes(Path plugins) {
    this.file = plugins.resolve(FILE);
  }

  /** The file that remembers. */
  Path file() {
    return file;
  }

  /**
   * Remembers an index, unless it is older than one that was seen; a user who may not write to the
   * plugins folder remembers nothing.
   *
   * @return the newest timestamp that was seen, which is this one or a later one
   * @throws IOException if the file cannot be read or written
   */
  Instant remember(String place, Instant timestamp) throws IOException {
    synchronized (SeenIndexes.class) {
      var seen = read();
      var before = seen.get(place);
      if (before != null && !before.isBefore(timestamp)) {
        return before;
      }
      seen.put(place, timestamp);
      write(seen);
      return timestamp;
    }
  }

  private void write(Map<String, Instant> seen) throws IOException {
    var text =
        seen.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey() + "\n")
            .collect(Collectors.joining());
    try {
      ReplacedFile.write(file, text.getBytes(UTF_8));
    } catch (AccessDeniedException e) {
      // Who may not install anything may look at what there is.
    }
  }

  private Map<String, Instant> read() throws IOException {
    var seen = new TreeMap<String, Instant>();
    try {
      for (var line : SmallFile.text(file, MAX_BYTES, LinkOption.NOFOLLOW_LINKS).lines().toList()) {
        int blank = line.indexOf(' ');
        seen.put(line.substring(blank + 1), Instant.parse(line.substring(0, Math.max(0, blank))));
      }
    } catch (NoSuchFileException e) {
      return seen;
    } catch (DateTimeParseException e) {
      throw new IOException(
          file + " is damaged; remove it, and the next index is taken as new.", e);
    }
    return seen;
  }
}
