package io.longline.host.cli.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Which columns of a TSV log are printed. Immutable: nobody changes the array. */
final class TsvColumns {

  /** Those of a log before its first header. */
  static final TsvColumns NONE = new TsvColumns(new int[0], 0, new BitSet());

  private final int[] indexes;
  private final int range;
  private final BitSet timeIndexes;

  private TsvColumns(int[] indexes, int range, BitSet timeIndexes) {
    this.indexes = indexes;
    this.range = range;
    this.timeIndexes = timeIndexes;
  }

  /** Those of a header with these names. */
  static TsvColumns of(List<String> names, CutOptions options) {
    var indexes = new ArrayList<Integer>();
    if (options.isInOrderNamed()) {
      options.columns().forEach(column -> indexes.add(names.indexOf(column)));
    } else {
      for (int i = 0; i < names.size(); i++) {
        if (options.shows(names.get(i))) {
          indexes.add(i);
        }
      }
    }
    var array = indexes.stream().mapToInt(Integer::intValue).toArray();
    int last = Math.max(0, Arrays.stream(array).max().orElse(0));
    return new TsvColumns(array, last + 1, new BitSet());
  }

  /** The same columns, with their types known. */
  TsvColumns withTypes(List<String> types) {
    var times = new BitSet();
    for (int i = 0; i < Math.min(range, types.size()); i++) {
      times.set(i, types.get(i).equals("time"));
    }
    return new TsvColumns(indexes, range, times);
  }

  /** Their positions in a row, in the order of printing; -1 for one that the log lacks. */
  int[] indexes() {
    return indexes;
  }

  /** How many columns a row must have. */
  int range() {
    return range;
  }

  /** Whether the column at a position has times. */
  boolean isTime(int index) {
    return timeIndexes.get(index);
  }
}
