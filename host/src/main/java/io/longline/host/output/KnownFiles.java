package io.longline.host.output;

import io.longline.host.files.ForeignFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of an output folder as the ledger knows them, by name; they determine which file an
 * output goes to. Confined to the committing thread.
 */
final class KnownFiles {

  private final OutputFolder folder;
  private final Map<String, FileState> states = new HashMap<>();

  /** The keys of the files that this host has opened, by name. */
  private final Map<String, Object> keys = new HashMap<>();

  /** The names of files in whose place is something that is not ours. */
  private final Set<String> passedOver = new HashSet<>();

  /** The folders that are used in place of those that are not ours. */
  private final Map<String, String> detours = new HashMap<>();

  KnownFiles(OutputFolder folder) {
    this.folder = folder;
  }

  void put(FileState state) {
    states.put(state.name(), state);
  }

  /** The key of the file of this name that this host has written; null if it has not. */
  @Nullable Object key(String name) {
    return keys.get(name);
  }

  /** Remembers which file has a name. */
  void opened(OutputFile file) {
    var key = file.key();
    if (key != null) {
      keys.put(file.name(), key);
    }
  }

  /**
   * Uses another name from now on, since what is at this one, or at a folder in it, is not ours.
   */
  void passOver(String name, ForeignFileException foreign) {
    var folderName = String.valueOf(foreign.path().getFileName());
    var path = Path.of(name);
    for (int end = 1; foreign.isFolder() && end < path.getNameCount(); end++) {
      if (path.getName(end - 1).toString().equals(folderName)) {
        var inTheWay = path.subpath(0, end).toString();
        detours.put(inTheWay, inTheWay + "-2");
        return;
      }
    }
    passedOver.add(name);
  }

  /** The name of an output, with the folders that are used for it. */
  private String stem(OutputKey key) {
    var at = "";
    for (var each : Path.of(key.name())) {
      at = detour(at + (at.isEmpty() ? "" : "/") + each);
    }
    return at;
  }

  private String detour(String folderName) {
    var at = folderName;
    while (detours.containsKey(at)) {
      at = String.valueOf(detours.get(at));
    }
    return at;
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
    var day = key.isOfToday() ? today : key.day();
    var stem = day == null ? stem(key) : stem(key) + "/" + day;
    var description = FileState.content(content, key.isDaily());
    for (int number = 1; ; number++) {
      var name = stem + (number == 1 ? "" : "-" + number) + ".log";
      var state = state(name, description);
      if (!passedOver.contains(name)
          && (states.containsKey(name) ? state.content().equals(description) : !isTaken(name))) {
        return state;
      }
    }
  }

  /** A name beside another that nothing has. */
  String beside(String name) throws IOException {
    var stem = name.substring(0, name.length() - ".log".length());
    for (int number = 2; ; number++) {
      var beside = stem + "-" + number + ".log";
      if (folder.attributes(beside) == null && !states.containsKey(beside)) {
        return beside;
      }
    }
  }

  /** Whether a file has content; a host that was killed may have left an empty file. */
  private boolean isTaken(String name) throws IOException {
    var found = folder.attributes(name);
    return found != null && found.isRegularFile() && found.size() > 0;
  }
}
