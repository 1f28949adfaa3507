package io.longline.host.cli.cut;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Counts what is odd in a log, and reports each kind once. Confined to one thread. */
final class Oddities {

  /** A kind of oddity. */
  enum Kind {
    SHORT_ROW("lines have too few columns and were left out", false),
    HEADERLESS("lines stand before any header; an empty line was printed for each", false),
    BAD_TIME("times cannot be converted and were printed as they stand", false),
    BAD_CELL("cells are not of the type of their column and were left out", false),
    LONG_LINE("lines are longer than 16 MiB and were left out", true);

    private final String text;

    /** Whether something is missing that should be there. */
    private final boolean isLoss;

    Kind(String text, boolean isLoss) {
      this.text = text;
      this.isLoss = isLoss;
    }
  }

  private static final int MOST_NAMES = 10;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> firstLines = new EnumMap<>(Kind.class);
  private final SortedSet<String> leftOut = new TreeSet<>();

  /** Counts one, in a line from 1. */
  void add(Kind kind, long line) {
    counts.merge(kind, 1L, Long::sum);
    firstLines.putIfAbsent(kind, line);
  }

  /** Takes note of columns that the first row does not have, and so were not printed. */
  void addLeftOut(SortedSet<String> columns) {
    leftOut.addAll(columns);
  }

  /** Whether rows are missing that zeek-cut would have printed. */
  boolean isLoss() {
    return counts.keySet().stream().anyMatch(kind -> kind.isLoss);
  }

  /** Hands over a sentence for each kind. */
  void report(String log, Consumer<String> sentences) {
    counts.forEach(
        (kind, count) ->
            sentences.accept(
                log
                    + ": "
                    + count
                    + " "
                    + kind.text
                    + "; the first in line "
                    + firstLines.get(kind)
                    + "."));
    if (!leftOut.isEmpty()) {
      sentences.accept(
          log
              + ": columns that the first row does not have were left out: "
              + leftOut.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
              + (leftOut.size() > MOST_NAMES ? ", …" : "")
              + ". Name the columns to print them.");
    }
  }
}
