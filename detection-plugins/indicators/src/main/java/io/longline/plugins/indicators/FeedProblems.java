package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The lines of a feed that cannot be used: the first of them, and how many there are. */
final class FeedProblems {

  private static final int SHOWN = 5;
  private static final int QUOTED = 100;

  private final Path file;
  private final Consumer<String> problems;
  private long count;

  FeedProblems(Path file, Consumer<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reports a line; what is good in the file is used all the same. */
  void add(long number, String why, String line) {
    count++;
    if (count <= SHOWN) {
      var text = new String(line.getBytes(ISO_8859_1), UTF_8);
      var quoted = text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
      problems.accept(
          "%s:%d: %s: \"%s\". The line is left out.".formatted(file, number, why, quoted));
    }
  }

  /** Reports that the file, or the rest of it, cannot be used. */
  void addFile(String why) {
    problems.accept("%s: %s".formatted(file, why));
  }

  /** Reports how many there are, if not all were shown. */
  void complete() {
    if (count > SHOWN) {
      problems.accept("%s: %,d lines cannot be used and are left out.".formatted(file, count));
    }
  }
}
