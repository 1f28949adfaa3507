package io.longline.host.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * The files of an output folder as the ledger knows them, by name; they determine which file an
 * output goes to. Confined to the committing thread.
 */
final class KnownFiles {

  private final Path folder;
  private final Map<String, FileState> states = new HashMap<>();

  KnownFiles(Path folder) {
    this.folder = folder;
  }

  void put(FileState state) {
    states.put(state.name(), state);
  }

  boolean contains(String name) {
    return states.containsKey(name);
  }

  /** The file of this name; empty and with this content if it is not known. */
  FileState state(String name, String content) {
    return states.getOrDefault(name, new FileState(name, content, 0));
  }

  /**
   * The file that an output goes to: the first of {@code NAME.log}, {@code NAME-2.log} … that has
   * its kind of content, or does not exist.
   */
  FileState target(OutputKey key, Content content, LocalDate today) throws IOException {
    var stem = key.isDaily() ? key.name() + "/" + today : key.name();
    var description = FileState.content(content, key.isDaily());
    for (int number = 1; ; number++) {
      var name = stem + (number == 1 ? "" : "-" + number) + ".log";
      var state = state(name, description);
      if (states.containsKey(name) ? state.content().equals(description) : !isTaken(name)) {
        return state;
      }
    }
  }

  /** Whether a file has content; a host that was killed may have left an empty file. */
  private boolean isTaken(String name) throws IOException {
    var path = folder.resolve(name);
    return Files.exists(path) && !(Files.isRegularFile(path) && Files.size(path) == 0);
  }
}
