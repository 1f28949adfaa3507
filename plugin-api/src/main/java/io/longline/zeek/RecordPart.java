package io.longline.zeek;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of each row of a reader, as a record of their own, so that each of several users of
 * the reader sees the columns that it asked for; made by {@link LogReader#part}. Public for the
 * host alone. Confined to the reader's thread.
 */
public final class RecordPart {

  private final View view;
  private final LogRecord part;
  private final @Nullable List<String> fields;
  private final boolean hasRest;
  private @Nullable LogSchema schema;

  /** For each column of the part, the column in the row; -1 if the row lacks it. */
  private int[] columns = {};

  RecordPart(LogRecord row, @Nullable List<String> fields) {
    this.fields = fields;
    this.view = new View(fields);
    this.part = row.newPart(view);
    this.hasRest = part instanceof JsonRecord;
  }

  /**
   * The part of a row.
   *
   * @param row the current row of the reader
   * @return the same object each time, valid as long as the row is
   */
  @SuppressWarnings(
      "ReferenceEquality") // A changed schema is a new object, and this is checked for each row.
  public LogRecord of(LogRecord row) {
    // Fields instead of methods, since this is done for each row and each of its users.
    if (row.view.schema != schema) {
      take(row);
    }
    part.bytes = row.bytes;
    part.line = row.line;
    var rowStarts = row.starts;
    var rowEnds = row.ends;
    var starts = part.starts;
    var ends = part.ends;
    var from = columns;
    for (int i = 0; i < from.length; i++) {
      int column = from[i];
      if (column >= 0 && column < rowStarts.length) {
        starts[i] = rowStarts[column];
        ends[i] = rowEnds[column];
      } else {
        starts[i] = -1;
      }
    }
    if (hasRest) {
      part.takeRest(row);
    }
    return part;
  }

  /**
   * The part of a row of a block.
   *
   * @param index the number of the row in the block, from 0
   * @return the same object each time, valid until it shows another row, or the block does
   */
  public LogRecord of(RecordBlock block, int index) {
    return block.show(index, part, columnsOf(block.shown()));
  }

  /** The columns in the row of each column of the part. */
  @SuppressWarnings("ReferenceEquality") // As above.
  private int[] columnsOf(LogRecord row) {
    if (row.view.schema != schema) {
      take(row);
    }
    return columns;
  }

  /** Takes over a new schema. */
  private void take(LogRecord row) {
    var found = row.schema();
    schema = found;
    view.use(found);
    part.takeSchema(row);
    columns = new int[part.size()];
    Arrays.setAll(columns, i -> fields == null ? i : row.indexOf(fields.get(i)));
  }
}
