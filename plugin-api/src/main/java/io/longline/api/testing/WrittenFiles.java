package io.longline.api.testing;

import io.longline.api.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the calls of a test have written, by output and by file. Confined to one thread. */
final class WrittenFiles {

  private final Set<String> names = new LinkedHashSet<>();

  /** The lines of each file, by the file's name without {@code .log}. */
  private final Map<String, List<String>> files = new LinkedHashMap<>();

  /** The lines of all days of each output that has a file for each day, by the output's name. */
  private final Map<String, List<String>> days = new LinkedHashMap<>();

  /** The lines of each file of a window, by the window's name. */
  private final Map<String, Map<String, List<String>>> ofWindows = new LinkedHashMap<>();

  /** Takes what a call for a window has written, in place of what an earlier one has. */
  void replace(Window window, Map<TestOutputs.Key, List<String>> call) {
    var lines = new LinkedHashMap<String, List<String>>();
    call.forEach((key, written) -> lines.put(key.file(), written));
    ofWindows.put(window.name(), lines);
  }

  /** Adds what a call has written. */
  void add(Map<TestOutputs.Key, List<String>> call) {
    call.forEach(
        (key, lines) -> {
          names.add(key.name());
          add(files, key.file(), lines);
          if (key.day() != null) {
            add(days, key.name(), lines);
          }
        });
  }

  private static void add(Map<String, List<String>> all, String name, List<String> lines) {
    all.computeIfAbsent(name, added -> new ArrayList<>()).addAll(lines);
  }

  /** The lines of a file, or else of all days of an output. */
  List<String> lines(String name) {
    for (var window : ofWindows.values()) {
      if (window.containsKey(name)) {
        return List.copyOf(window.getOrDefault(name, List.of()));
      }
    }
    var file = files.get(name);
    return List.copyOf(file != null ? file : days.getOrDefault(name, List.of()));
  }

  /** The names of the outputs, in the order of the first time, then those of windows. */
  List<String> names() {
    var all = new LinkedHashSet<>(names);
    ofWindows.values().forEach(window -> all.addAll(window.keySet()));
    return List.copyOf(all);
  }
}
