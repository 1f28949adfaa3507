package io.longline.host.ledger;

import io.longline.zeek.HostAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log as the ledger has it. Immutable.
 *
 * @param file its name, and how the file was
 * @param content what is known of its content
 */
public record RecordedLog(FileStamp file, LogContent content) {

  /** So many files of a directory are looked at for a log that was moved. */
  private static final int MAX_LOOKS = 1_000;

  /** Its name within its directory. */
  public String name() {
    return file.name();
  }

  /**
   * The name that it has now. The file may have been compressed or renamed since it was taken,
   * whether the ledger knows that or not.
   *
   * @param aliases logs of the directory under other names
   * @return null if its name has another log now, and the log is under no other name
   */
  @Nullable String name(Path directory, List<RecordedLog> aliases) {
    if (!content.hasHead() || isThere(directory)) {
      return name();
    }
    for (var alias : aliases) {
      if (alias.content().equals(content) && alias.isThere(directory)) {
        return alias.name();
      }
    }
    var place = directory.resolve(name());
    try {
      if (Files.exists(place) && content.mayBegin(place)) {
        return name();
      }
      var moved = moved(directory);
      return moved == null && Files.exists(place) ? null : moved == null ? name() : moved;
    } catch (IOException e) {
      return name();
    }
  }

  /** Whether the file is as it was. */
  private boolean isThere(Path directory) {
    try {
      return FileStamp.of(directory.resolve(name())).equals(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** The name of another file of the same log that begins as this one does; null if none does. */
  private @Nullable String moved(Path directory) throws IOException {
    var path = HostAccess.pathInName(name());
    try (var entries = Files.list(directory)) {
      for (var entry : (Iterable<Path>) entries.limit(MAX_LOOKS)::iterator) {
        var other = entry.getFileName().toString();
        if (!other.equals(name())
            && HostAccess.hasLogName(entry)
            && HostAccess.pathInName(other).equals(path)
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
            && content.isAllOf(entry)) {
          return other;
        }
      }
    }
    return null;
  }
}
