package io.longline.plugins.sigma;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds all literals of a list in one pass over a value, without regard to case: the automaton of
 * Aho and Corasick ("Efficient string matching", 1975) with a full transition table. Bytes that no
 * literal has share one column of it, and capital letters that of their small ones. Immutable.
 */
final class LiteralScanner {

  /** Takes what is found. */
  @FunctionalInterface
  interface Finder {
    /** Takes the number of a literal in the list. */
    void found(int literal);
  }

  /** Stands in the table for what follows a byte that is not printable ASCII. */
  private static final int NOT_PLAIN = Integer.MAX_VALUE;

  private static final int NOT_PLAIN_COLUMN = 1;

  private final List<Literal> literals;
  private final byte[] columns = new byte[256];

  /**
   * The number of columns: that of bytes of no literal, that of bytes that are not plain, others.
   */
  private int width = 2;

  /** For each row and column the next row, as its offset here; its complement if it has finds. */
  private final int[] table;

  /** The literals that end in a row. */
  private final int[][] finds;

  /** Finds these literals. */
  LiteralScanner(List<Literal> literals) {
    this.literals = List.copyOf(literals);
    for (int b = 0; b < columns.length; b++) {
      columns[b] = (byte) (b < ' ' || b > '~' ? NOT_PLAIN_COLUMN : 0);
    }
    for (var literal : literals) {
      addColumns(literal);
    }
    var trie = new Trie();
    for (int i = 0; i < literals.size(); i++) {
      trie.add(literals.get(i).bytes(), i);
    }
    this.finds = new int[trie.rows.size()][];
    this.table = trie.link();
  }

  private void addColumns(Literal literal) {
    for (byte b : literal.bytes()) {
      if (columns[b] == 0) {
        columns[b] = (byte) width++;
        if (b >= 'a' && b <= 'z') {
          columns[b - ('a' - 'A')] = columns[b];
        }
      }
    }
  }

  /**
   * Looks for the literals in a value, or in several that stand one after the other, in the form of
   * the log or the canonical one.
   *
   * @param isWhole whether it is one value, so that its start and end are those of the array
   */
  void scan(byte[] value, boolean isWhole, Finder finder) {
    if (!scan(value, isWhole, true, finder)) {
      // What was found before is found again, which does no harm.
      scan(CanonicalText.of(value), isWhole, false, finder);
    }
  }

  /**
   * Looks for the literals.
   *
   * @param isRaw whether the canonical form of the value may be another one
   * @return whether it is the same
   */
  private boolean scan(byte[] value, boolean isWhole, boolean isRaw, Finder finder) {
    var rows = table;
    var numbers = columns;
    int row = 0;
    for (int i = 0; i < value.length; i++) {
      row = rows[row + numbers[value[i] & 0xff]];
      if (row < 0) {
        row = ~row;
        if (row != NOT_PLAIN) {
          report(finds[row / width], i + 1, isWhole ? value.length : -1, finder);
        } else if (isRaw) {
          return false;
        } else {
          row = 0;
        }
      }
    }
    return true;
  }

  /** Hands out what ends somewhere; -1 for the length if it does not matter where. */
  private void report(int[] found, int end, int length, Finder finder) {
    for (int number : found) {
      var literal = literals.get(number);
      boolean isPlaced =
          length < 0
              || (!literal.isStart() || end == literal.length())
                  && (!literal.isEnd() || end == length);
      if (isPlaced) {
        finder.found(number);
      }
    }
  }

  /** The literals as a tree, while the table is made. */
  private final class Trie {

    private final List<int[]> rows = new ArrayList<>();
    private final List<@Nullable List<Integer>> ends = new ArrayList<>();

    Trie() {
      addRow();
    }

    private int addRow() {
      var row = new int[width];
      Arrays.fill(row, -1);
      rows.add(row);
      ends.add(null);
      return rows.size() - 1;
    }

    void add(byte[] literal, int number) {
      int at = 0;
      for (byte b : literal) {
        int column = columns[b];
        if (rows.get(at)[column] < 0) {
          rows.get(at)[column] = addRow();
        }
        at = rows.get(at)[column];
      }
      addEnds(at, List.of(number));
    }

    private void addEnds(int row, List<Integer> numbers) {
      var known = ends.get(row);
      if (known == null) {
        known = new ArrayList<>();
        ends.set(row, known);
      }
      known.addAll(numbers);
    }

    /** Gives each row the transitions and the finds of its longest proper suffix. */
    int[] link() {
      var suffixes = new int[rows.size()];
      var order = new ArrayList<Integer>();
      var queue = new ArrayDeque<Integer>();
      queue.add(0);
      while (!queue.isEmpty()) {
        int at = queue.remove();
        order.add(at);
        var row = rows.get(at);
        for (int column = 0; column < width; column++) {
          int bySuffix = at == 0 ? 0 : rows.get(suffixes[at])[column];
          if (row[column] < 0) {
            row[column] = bySuffix;
          } else {
            suffixes[row[column]] = bySuffix;
            var inherited = ends.get(bySuffix);
            if (inherited != null) {
              addEnds(row[column], inherited);
            }
            queue.add(row[column]);
          }
        }
      }
      return flat(order);
    }

    /** The table, with the rows that are near the root, and are used most, side by side. */
    private int[] flat(List<Integer> order) {
      var places = new int[order.size()];
      for (int place = 0; place < places.length; place++) {
        places[order.get(place)] = place * width;
      }
      var flat = new int[rows.size() * width];
      for (int at : order) {
        var numbers = ends.get(at);
        int place = places[at];
        finds[place / width] =
            numbers == null ? new int[0] : numbers.stream().mapToInt(Integer::intValue).toArray();
        for (int column = 0; column < width; column++) {
          int next = rows.get(at)[column];
          flat[place + column] = ends.get(next) == null ? places[next] : ~places[next];
        }
        flat[place + NOT_PLAIN_COLUMN] = ~NOT_PLAIN;
      }
      return flat;
    }
  }
}
