package io.longline.zeek;

import java.io.IOException;
import java.util.Arrays;

/**
 * Some rows of a reader that stay valid together, so that they can be passed to one user after the
 * other. Confined to one thread at a time.
 *
 * <pre>{@code
 * var block = HostAccess.block(reader, 1_024);
 * while (block.next()) {
 *   for (int i = 0; i < block.size(); i++) {
 *     use(part.of(block, i));
 *   }
 * }
 * }</pre>
 *
 * <p>The rows of a block lie in one piece of the reader's memory and have one schema; keeping a row
 * costs only keeping where its cells are.
 */
@Internal
public final class RecordBlock {

  /** The capacity at first, since most logs are small. */
  private static final int FIRST_ROWS = 32;

  /** The largest number of cells in a block: rows with very many columns come in smaller blocks. */
  private static final int MAX_CELLS = 256 * 1024;

  /** The number of cells at first. */
  private static final int FIRST_CELLS = 4 * 1024;

  /** Up to this number of columns a loop is faster than a call. */
  private static final int FEW_COLUMNS = 32;

  private final RowCursor cursor;
  private final LogRecord current;
  private final LogRecord shown;
  private final int most;

  /** The line of each row. */
  private long[] lines;

  /** Where the cells of each row start, one row after the other. */
  int[] starts = {};

  /** The indexes after the ends of these cells. */
  int[] ends = {};

  /** Where the path of each row is, for rows of JSON. */
  private int[] pathStarts = {};

  private int[] pathEnds = {};

  /** The number of columns of each row. */
  int columns;

  private int size;

  /** Whether the reader's row is the first of the next block. */
  private boolean isAhead;

  RecordBlock(RowCursor cursor, LogRecord current, int most) {
    this.cursor = cursor;
    this.current = current;
    this.shown = current.newPart(new View(current.view.wanted));
    this.most = most;
    this.lines = new long[Math.min(most, FIRST_ROWS)];
  }

  /**
   * Moves to the next block of rows; the rows of the block before are no longer valid.
   *
   * @return false if there are none
   * @throws IOException if reading fails
   * @throws ZeekFormatException if the reader is strict and a line is bad
   */
  public boolean next() throws IOException {
    size = 0;
    if (!isAhead && cursor.next() == null) {
      return false;
    }
    begin();
    do {
      keep();
      isAhead = cursor.next() != null;
    } while (isAhead && size < mostRows() && isAlike());
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // A changed schema is a new object.
  private void begin() {
    if (current.view.schema != shown.view.schema) {
      shown.view.use(current.view.schema);
      shown.takeSchema(current);
    }
    shown.bytes = current.bytes;
    if (columns != current.starts.length) {
      columns = current.starts.length;
      shown.starts = new int[columns];
      shown.ends = new int[columns];
      int rows = Math.min(mostRows(), FIRST_CELLS / Math.max(1, columns));
      lines = new long[Math.max(1, Math.min(rows, FIRST_ROWS))];
      starts = new int[columns * lines.length];
      ends = new int[columns * lines.length];
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean isAlike() {
    return current.bytes == shown.bytes
        && current.view.schema == shown.view.schema
        && current.starts.length == columns;
  }

  private int mostRows() {
    return Math.max(1, Math.min(most, MAX_CELLS / Math.max(1, columns)));
  }

  private void grow() {
    int rows = Math.min(mostRows(), lines.length * 2);
    lines = Arrays.copyOf(lines, rows);
    starts = Arrays.copyOf(starts, columns * rows);
    ends = Arrays.copyOf(ends, columns * rows);
  }

  private void keep() {
    if (size == lines.length) {
      grow();
    }
    int at = size * columns;
    if (columns > FEW_COLUMNS) {
      System.arraycopy(current.starts, 0, starts, at, columns);
      System.arraycopy(current.ends, 0, ends, at, columns);
    } else {
      for (int i = 0; i < columns; i++) {
        starts[at + i] = current.starts[i];
        ends[at + i] = current.ends[i];
      }
    }
    lines[size] = current.line;
    if (current instanceof JsonRecord json) {
      if (pathStarts.length < lines.length) {
        pathStarts = Arrays.copyOf(pathStarts, lines.length);
        pathEnds = Arrays.copyOf(pathEnds, lines.length);
      }
      pathStarts[size] = json.pathStart;
      pathEnds[size] = json.pathEnd;
    }
    size++;
  }

  /** The number of rows in the block. */
  public int size() {
    return size;
  }

  /** A row of the block, for its schema. */
  LogRecord shown() {
    return shown;
  }

  /**
   * Shows a row in a record, as far as it has the columns that the record shows.
   *
   * @param from for each column of the record, that of the row; -1 if the row lacks it
   */
  void show(int index, LogRecord record, int[] from) {
    int at = index * columns;
    var recordStarts = record.starts;
    var recordEnds = record.ends;
    for (int i = 0; i < from.length; i++) {
      int column = from[i];
      if (column >= 0 && column < columns) {
        recordStarts[i] = starts[at + column];
        recordEnds[i] = ends[at + column];
      } else {
        recordStarts[i] = -1;
      }
    }
    showPlace(index, record);
  }

  /** Shows a row in a record that shows all columns of its schema. */
  void showAll(int index, LogRecord record) {
    int count = Math.min(columns, record.starts.length);
    System.arraycopy(starts, index * columns, record.starts, 0, count);
    System.arraycopy(ends, index * columns, record.ends, 0, count);
    Arrays.fill(record.starts, count, record.starts.length, -1);
    showPlace(index, record);
  }

  private void showPlace(int index, LogRecord record) {
    record.bytes = shown.bytes;
    record.line = lines[index];
    if (record instanceof JsonRecord json) {
      json.pathStart = pathStarts[index];
      json.pathEnd = pathEnds[index];
    }
  }
}
