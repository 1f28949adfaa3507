package io.longline.host.cli.cut;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be printed of each log. Immutable.
 *
 * @param columns the columns named, in their order; none for all
 * @param negate whether all others are meant
 * @param header which header blocks
 * @param separator what to put between columns; null for what stands there in the log
 * @param times how to write times; null for as they stand
 * @param json whether to print JSON objects
 */
record CutOptions(
    List<String> columns,
    boolean negate,
    HeaderChoice header,
    @Nullable String separator,
    @Nullable StrftimeFormat times,
    boolean json) {

  CutOptions {
    columns = List.copyOf(columns);
  }

  /** Whether a column of a log is printed, if its columns are printed in their own order. */
  boolean shows(String column) {
    return columns.isEmpty() || (negate && !columns.contains(column));
  }

  /** Whether columns are printed in the order in which they were named. */
  boolean isInOrderNamed() {
    return !columns.isEmpty() && !negate;
  }
}
