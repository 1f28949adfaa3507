package io.longline.plugins.sigma;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The files of rule folders, and which version of each. Immutable.
 *
 * @param files the files, by folder and path
 * @param versions the size and time of change of each
 * @param problems what could not be read
 */
record RuleFiles(List<Path> files, List<String> versions, List<String> problems) {

  private static final int MAX_FILES = 20_000;
  private static final int MAX_DEPTH = 20;

  /** The files of these folders with names that end in {@code .yml} or {@code .yaml}. */
  static RuleFiles find(List<Path> folders) {
    var found = new TreeMap<Path, String>();
    var problems = new ArrayList<String>();
    for (var folder : folders) {
      try (var paths = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
        paths
            .filter(path -> isRules(path) && Files.isRegularFile(path))
            .limit(MAX_FILES)
            .forEach(path -> found.put(path, version(path)));
      } catch (IOException | UncheckedIOException | InvalidPathException e) {
        problems.add("%s cannot be read: %s".formatted(folder, e.getMessage()));
      }
    }
    if (found.size() >= MAX_FILES) {
      problems.add("there are more than %,d rule files: the rest is not read".formatted(MAX_FILES));
    }
    var first = found.entrySet().stream().limit(MAX_FILES).toList();
    return new RuleFiles(
        first.stream().map(java.util.Map.Entry::getKey).toList(),
        first.stream().map(java.util.Map.Entry::getValue).toList(),
        problems);
  }

  private static boolean isRules(Path path) {
    var name = path.toString();
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  /** The size and time of change of a file. */
  static String version(Path path) {
    try {
      return Files.size(path) + " " + Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
