package io.longline.zeek;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of each row of a reader, as a record of their own, so that each of several users of
 * the reader sees the columns that it asked for. Confined to the reader's thread.
 */
@Internal
public final class RecordPart {

  private final View view;
  private final LogRecord part;
  private final @Nullable List<WantedField> fields;
  private final LogRecord row;
  private final boolean hasRest;
  private @Nullable LogSchema schema;

  /** For each column of the part, the column in the row; -1 if the row lacks it. */
  private int[] columns = {};

  /**
   * For a column of the part whose field has other names, the further columns in the row that it
   * may come from; null if no field has.
   */
  private int @Nullable [][] others;

  RecordPart(LogRecord row, @Nullable List<WantedField> fields) {
    this.row = row;
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
    if (others != null) {
      takeOthers(others, rowStarts, rowEnds, 0);
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
    var from = columnsOf(block.shown());
    if (fields == null) {
      block.showAll(index, part);
      return part;
    }
    block.show(index, part, from);
    if (others != null) {
      takeOthers(others, block.starts, block.ends, index * block.columns);
    }
    return part;
  }

  /** Fills the cells that the row has by another of the names of their fields. */
  private void takeOthers(int[][] from, int[] rowStarts, int[] rowEnds, int at) {
    for (int i = 0; i < from.length; i++) {
      for (int k = 0; k < from[i].length && part.starts[i] < 0; k++) {
        part.starts[i] = rowStarts[at + from[i][k]];
        part.ends[i] = rowEnds[at + from[i][k]];
      }
    }
  }

  /** The required fields that no header, or no row of JSON so far, has had. */
  List<ReadReport.MissingField> missing() {
    view.use(row.schema());
    return view.missing();
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
    others = null;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = fields == null ? i : row.indexOf(fields.get(i).name());
      if (fields != null && !fields.get(i).otherNames().isEmpty()) {
        takeOtherNames(i, fields.get(i), row);
      }
    }
  }

  private void takeOtherNames(int column, WantedField field, LogRecord row) {
    if (others == null) {
      others = new int[columns.length][0];
    }
    others[column] =
        field.otherNames().stream().mapToInt(row::indexOf).filter(index -> index >= 0).toArray();
  }
}
