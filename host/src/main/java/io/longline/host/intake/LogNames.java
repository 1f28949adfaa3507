package io.longline.host.intake;

import io.longline.zeek.HostAccess;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which names logs have: those that end in a known ending, such as {@code .log}, after which there
 * are at most times, counters and compressions; and those that a setting adds. Immutable.
 *
 * @param patterns patterns for more names of files, such as {@code *.log.bak}
 */
public record LogNames(List<String> patterns) {

  /** The names that are known. */
  public static final LogNames KNOWN = new LogNames(List.of());

  /** All names. */
  static final LogNames ANY = new LogNames(List.of("*"));

  /**
   * Makes a copy.
   *
   * @throws IllegalArgumentException if a pattern is wrong
   */
  public LogNames {
    patterns = List.copyOf(patterns);
    patterns.forEach(LogNames::matcher);
  }

  /**
   * A pattern as it is.
   *
   * @throws IllegalArgumentException if it is wrong
   */
  public static String checked(String pattern) {
    matcher(pattern);
    return pattern;
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  /** Decides whether a file may be a log, going by its name. */
  Predicate<Path> test() {
    var more = patterns.stream().map(LogNames::matcher).toList();
    return file ->
        HostAccess.hasLogName(file)
            || more.stream().anyMatch(each -> each.matches(file.getFileName()));
  }
}
