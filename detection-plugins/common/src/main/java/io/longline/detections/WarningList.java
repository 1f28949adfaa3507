package io.longline.detections;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A warning list of MISP. Confined to one thread.
 *
 * @see <a href="https://github.com/MISP/misp-warninglists">The lists, and their format</a>
 */
final class WarningList {

  private static final String LIST_FILE = "list.json";
  private static final String ENDING = ".json";

  private final Path file;
  private final BadEntries problems;
  private final List<String> values = new ArrayList<>();
  private final List<String> attributes = new ArrayList<>();
  private String type = "string";

  WarningList(Path file, Consumer<String> problems) {
    this.file = file;
    this.problems = new BadEntries(file, problems);
  }

  /** The lists in a folder, in the order of their names. */
  static List<Path> files(Path folder) throws IOException {
    try (var walk = Files.walk(folder, 2)) {
      return walk.filter(WarningList::isList).filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean isList(Path file) {
    return String.valueOf(file.getFileName()).endsWith(ENDING);
  }

  /** The name of a list: that of its file, or of its folder if the file is {@code list.json}. */
  static String name(Path file) {
    var name = String.valueOf(file.getFileName());
    var folder = file.toAbsolutePath().getParent();
    return name.equals(LIST_FILE) && folder != null
        ? String.valueOf(folder.getFileName())
        : name.substring(0, name.length() - ENDING.length());
  }

  /** Whether a name is that of a pattern, in which {@code *} stands for any characters. */
  static boolean isNamed(String name, String pattern) {
    var parts = pattern.split("\\*", -1);
    int at = parts[0].length();
    if (!name.startsWith(parts[0]) || (parts.length == 1 && name.length() != at)) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      int found = isLast ? name.length() - parts[i].length() : name.indexOf(parts[i], at);
      if (found < at || (isLast && !name.endsWith(parts[i]))) {
        return false;
      }
      at = found + parts[i].length();
    }
    return true;
  }

  /** The kinds of values that it is about; all if it names none. */
  Set<SeenKind> kinds() {
    var kinds = EnumSet.allOf(SeenKind.class);
    if (!attributes.isEmpty()) {
      kinds.removeIf(kind -> attributes.stream().noneMatch(kind::isOf));
    }
    return kinds;
  }

  ListEntries read() throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      readObject(new JsonText(in));
    }
    var entries = new ListEntries();
    for (int i = 0; i < values.size(); i++) {
      var value = values.get(i).strip();
      if (!value.isEmpty() && !add(entries, value)) {
        problems.add(i + 1L, value);
      }
    }
    problems.complete();
    values.clear();
    return entries;
  }

  private void readObject(JsonText json) throws IOException {
    json.expect('{');
    while (!json.ends('}')) {
      var name = json.string();
      json.expect(':');
      switch (name) {
        case "type" -> type = json.string();
        case "list" -> json.strings(values);
        case "matching_attributes" -> json.strings(attributes);
        default -> json.skip();
      }
    }
  }

  private boolean add(ListEntries entries, String value) {
    switch (type) {
      case "cidr" -> {
        return entries.addSubnet(value);
      }
      case "hostname" -> entries.addName(value);
      case "substring" -> entries.addPart(value);
      case "regex" -> {
        return entries.addPattern(value);
      }
      case "string" -> addString(entries, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** In lists of strings too, {@code .example.org} stands for the names under it. */
  private static void addString(ListEntries entries, String value) {
    if (value.startsWith(".")) {
      entries.addName(value);
    } else {
      entries.addText(value);
    }
    // Lists of addresses are lists of strings in places.
    entries.addSubnet(value);
  }
}
