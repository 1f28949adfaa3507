package io.longline.detections;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Reports the entries of a list that cannot be used: the first ones, and how many there are. */
final class BadEntries {

  private static final int SHOWN = 5;
  private static final int QUOTED = 80;

  private final Path file;
  private final Consumer<String> problems;
  private long count;

  BadEntries(Path file, Consumer<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reports an entry, by its number in the list, from 1. */
  void add(long number, String entry) {
    count++;
    if (count <= SHOWN) {
      var quoted = entry.length() <= QUOTED ? entry : entry.substring(0, QUOTED) + "…";
      problems.accept(
          "The allow list %s, entry %d: \"%s\" cannot be used and is left out."
              .formatted(file, number, quoted));
    }
  }

  /** Reports how many there are, if not all were shown. */
  void complete() {
    if (count > SHOWN) {
      problems.accept(
          "The allow list %s: %d entries cannot be used and are left out.".formatted(file, count));
    }
  }
}
