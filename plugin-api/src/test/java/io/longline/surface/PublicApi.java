package io.longline.surface;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The text of everything that others can use of some classes. */
final class PublicApi {

  private PublicApi() {}

  /** The text of compiled classes in a folder. */
  static List<String> in(Path folder) throws IOException, ClassNotFoundException {
    var types = new ArrayList<Class<?>>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
        var name = folder.relativize(file).toString().replace(File.separatorChar, '.');
        types.add(
            Class.forName(
                name.substring(0, name.length() - ".class".length()),
                false,
                PublicApi.class.getClassLoader()));
      }
    }
    return of(types);
  }

  /** The text of some classes: for each a line, and its members below it. */
  static List<String> of(List<Class<?>> types) {
    var lines = new ArrayList<String>();
    types.stream()
        .filter(type -> !type.isSynthetic() && Visibility.isVisible(type))
        .sorted((a, b) -> a.getCanonicalName().compareTo(b.getCanonicalName()))
        .forEach(
            type -> {
              lines.add(new TypeText(type).declaration());
              new MemberText(type).lines().forEach(line -> lines.add("  " + line));
            });
    return lines;
  }

  /** The lines that only one of two texts has, each type with its own; empty if they are equal. */
  static List<String> difference(List<String> before, List<String> now) {
    var difference = new ArrayList<String>();
    var old = byType(before);
    var fresh = byType(now);
    var types = new LinkedHashSet<>(old.keySet());
    types.addAll(fresh.keySet());
    for (var type : types) {
      var lines = new ArrayList<String>();
      add(old.getOrDefault(type, Set.of()), fresh.getOrDefault(type, Set.of()), "- ", lines);
      add(fresh.getOrDefault(type, Set.of()), old.getOrDefault(type, Set.of()), "+ ", lines);
      if (!lines.isEmpty()) {
        difference.add(type);
        difference.addAll(lines);
      }
    }
    if (difference.isEmpty() && !before.equals(now)) {
      difference.add("The lines are the same, in another order.");
    }
    return difference;
  }

  private static void add(Set<String> of, Set<String> without, String mark, List<String> lines) {
    of.stream().filter(line -> !without.contains(line)).map(mark::concat).forEach(lines::add);
  }

  /** The lines of each type, by its name. */
  private static Map<String, Set<String>> byType(List<String> lines) {
    var types = new LinkedHashMap<String, Set<String>>();
    var name = "";
    for (var line : lines) {
      if (!line.startsWith(" ")) {
        name = name(line);
      }
      types.computeIfAbsent(name, each -> new LinkedHashSet<>()).add(line.strip());
    }
    return types;
  }

  private static String name(String declaration) {
    return declaration
        .replaceFirst("^.*?\\b(@?interface|class|record|enum) ", "")
        .replaceFirst("[<( ].*", "");
  }
}
