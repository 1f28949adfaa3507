package io.longline.host.cli;

import io.longline.host.intake.Captures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The paths that a user named: folders, files, and patterns, which are expanded. What cannot be
 * used is known before anything is started. Immutable.
 *
 * @param folders the folders, and {@code -} for standard input, in the order named
 * @param files the files
 * @param problems why the other paths cannot be used, by path
 */
record NamedPaths(List<String> folders, List<Path> files, Map<String, String> problems) {

  private static final String STANDARD_INPUT = "-";
  private static final Pattern SPECIAL = Pattern.compile("[*?\\[{]");

  /** The paths in a command line. */
  static NamedPaths of(List<String> paths) {
    var named = new NamedPaths(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    paths.forEach(named::add);
    return named;
  }

  /** One path, taken literally. */
  static NamedPaths ofOne(String path) {
    var named = new NamedPaths(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    try {
      named.addPath(path);
    } catch (InvalidPathException e) {
      named.problems.put(path, "This is not a valid path: " + e.getMessage());
    }
    return named;
  }

  /** Whether nothing can be used. */
  boolean isHopeless() {
    return folders.isEmpty() && files.isEmpty();
  }

  private void add(String path) {
    try {
      if (path.equals(STANDARD_INPUT)) {
        folders.add(path);
      } else if (Files.exists(Path.of(path)) || !SPECIAL.matcher(path).find()) {
        addPath(path);
      } else {
        addMatches(path);
      }
    } catch (InvalidPathException | PatternSyntaxException e) {
      problems.put(path, "This is not a valid path: " + e.getMessage());
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      problems.put(path, "It cannot be read: " + e.getMessage());
    }
  }

  private void addPath(String text) {
    var path = Path.of(text);
    var capture = Captures.remedy(path);
    if (capture.isPresent()) {
      problems.put(text, capture.get());
    } else if (Files.isDirectory(path)) {
      folders.add(text);
    } else if (Files.exists(path)) {
      files.add(path);
    } else {
      problems.put(text, "There is no such file or folder.");
    }
  }

  private void addMatches(String pattern) throws IOException {
    var path = Path.of(pattern);
    var matches = List.of(path.isAbsolute() ? path.getRoot() : Path.of(""));
    for (var part : path) {
      matches = below(matches, part.toString());
    }
    if (matches.isEmpty()) {
      problems.put(pattern, "Nothing matches this pattern.");
    }
    matches.forEach(match -> addPath(match.toString()));
  }

  /** What matches one part of a pattern in some folders, sorted. */
  private static List<Path> below(List<Path> folders, String part) throws IOException {
    var matches = new ArrayList<Path>();
    for (var folder : folders) {
      if (part.equals("**")) {
        addFoldersBelow(folder, matches);
      } else if (SPECIAL.matcher(part).find()) {
        addMatches(folder, part, matches);
      } else if (Files.exists(folder.resolve(part))) {
        matches.add(folder.resolve(part));
      }
    }
    return matches;
  }

  /** As a shell does it, an asterisk does not match the point of a hidden file. */
  private static void addMatches(Path folder, String part, List<Path> matches) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
    try (var entries = Files.list(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      entries
          .map(Path::getFileName)
          .filter(name -> part.startsWith(".") || !name.toString().startsWith("."))
          .filter(matcher::matches)
          .sorted()
          .map(folder::resolve)
          .forEach(matches::add);
    }
  }

  private static void addFoldersBelow(Path folder, List<Path> matches) throws IOException {
    try (var entries = Files.walk(folder)) {
      entries.filter(Files::isDirectory).sorted().forEach(matches::add);
    }
  }
}
