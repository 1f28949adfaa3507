package io.longline.zeek;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a TSV log. Confined to the reader's thread.
 *
 * <p>The hot loop looks at eight bytes at a time. With Zeek's own separator, TAB, it takes any byte
 * below 0x20 for a possible delimiter, which costs three operations a word, and then looks at the
 * byte: Zeek escapes control bytes, so nearly every hit is a TAB or the line feed. Other separators
 * are rare and are looked for byte by byte.
 */
final class TsvParser implements RowParser {

  private static final long SPACES = 0x2020202020202020L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final ByteWindow window;
  private final ReadProblems problems;
  private final View view;
  private final TsvRecord record;
  private final TsvHeader header = new TsvHeader();

  private byte[] metaPrefix = TsvFormat.ZEEK.metaPrefixBytes();
  private byte[] separator = TsvFormat.ZEEK.separatorBytes();
  private int[] slots = {-1};
  private List<Field> fields = List.of();
  private final boolean allowsShortRows;
  private int columns;
  private int neededColumns;
  private long line;

  /** The number of columns of the row that was scanned last. */
  private int scanned;

  private boolean namesExpected;
  private boolean closed;

  /**
   * A parser of the rows of a window.
   *
   * @param headerless the schema of a log without header; null if the log has one
   * @param allowsShortRows whether a row may end after the last column that the view shows
   * @param isNamesFirst whether the first line has the names of the columns and nothing else
   */
  TsvParser(
      ByteWindow window,
      String file,
      View view,
      ReadProblems problems,
      @Nullable LogSchema headerless,
      boolean isNamesFirst,
      boolean allowsShortRows) {
    this.window = window;
    this.problems = problems;
    this.view = view;
    this.record = new TsvRecord(file, view);
    this.namesExpected = isNamesFirst;
    this.allowsShortRows = allowsShortRows;
    if (headerless != null) {
      header.preset(headerless);
      metaPrefix = header.format().metaPrefixBytes();
    }
  }

  @Override
  public LogRecord record() {
    return record;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public @Nullable String closeText() {
    return header.closeText();
  }

  @Override
  public long lines() {
    return line;
  }

  @Override
  public boolean next() throws IOException {
    while (window.start < window.limit || window.more()) {
      line++;
      if (startsWithMetaPrefix()) {
        readMetaLine();
        continue;
      }
      if (namesExpected) {
        readNames();
        continue;
      }
      if (header.isChanged()) {
        useHeader();
      }
      int end = scanWhole();
      if (end < 0) {
        window.skipLine();
        problems.badLine(
            line, "Longer than " + window.maxRowBytes() + " bytes, the most that a row may have.");
        continue;
      }
      int start = window.start;
      window.start = Math.min(end + 1, window.limit);
      if (accept(start, end)) {
        return true;
      }
    }
    if (header.isChanged()) {
      useHeader();
    }
    return false;
  }

  /** Whether the line in this range is a row; if not, it is counted. */
  private boolean accept(int start, int end) {
    int length = end - start;
    if (length == 0 || (length == 1 && window.bytes[start] == '\r')) {
      problems.blankLine();
      return false;
    }
    closed = false;
    if (columns == 0) {
      if (header.readMisplaced(window.bytes, start, end)) {
        metaPrefix = header.format().metaPrefixBytes();
        if (window.bytes[start] <= ' ') {
          problems.badLine(
              line, "White space before the first header line; the header is read anyway.");
        }
        return false;
      }
      problems.badLine(line, "A row before any header: there is no #fields line above it.");
      return false;
    }
    if (scanned < neededColumns) {
      problems.badLine(line, "Expected " + columns + " columns, found " + scanned + ".");
      return false;
    }
    if (scanned > columns) {
      problems.longRow(line, "Expected " + columns + " columns, found " + scanned + ".");
    }
    record.bytes = window.bytes;
    record.line = line;
    return true;
  }

  private boolean startsWithMetaPrefix() throws IOException {
    while (window.limit - window.start < metaPrefix.length) {
      if (!window.more()) {
        return false;
      }
    }
    for (int i = 0; i < metaPrefix.length; i++) {
      if (window.bytes[window.start + i] != metaPrefix[i]) {
        return false;
      }
    }
    return true;
  }

  private void readMetaLine() throws IOException {
    int end = window.wholeLine();
    if (end == window.limit && window.isFull()) {
      window.skipLine();
      problems.badLine(line, "A header line longer than " + window.maxRowBytes() + " bytes.");
      return;
    }
    header.read(window.bytes, window.start + metaPrefix.length, end);
    closed = header.isClosed();
    metaPrefix = header.format().metaPrefixBytes();
    window.start = Math.min(end + 1, window.limit);
  }

  private void readNames() throws IOException {
    int end = window.wholeLine();
    if (end > window.start) {
      header.readNames(window.bytes, window.start, end);
      namesExpected = false;
    }
    window.start = Math.min(end + 1, window.limit);
  }

  private void useHeader() {
    var schema = header.schema();
    view.use(schema);
    var format = header.format();
    separator = format.separatorBytes();
    metaPrefix = format.metaPrefixBytes();
    useColumns(schema.fields());
    record.use(format);
    var complaint = header.complaint();
    if (complaint != null) {
      problems.badLine(Math.max(1, line - 1), complaint);
    }
  }

  /** A header line that changes nothing of the columns must not cost as much as all of them. */
  @SuppressWarnings("ReferenceEquality") // Other columns are another object.
  private void useColumns(List<Field> columnsNow) {
    if (columnsNow != fields) {
      fields = columnsNow;
      slots = view.slots();
      columns = columnsNow.size();
      neededColumns = allowsShortRows ? lastWanted() + 1 : columns;
    }
  }

  private int lastWanted() {
    int last = slots.length - 1;
    while (last > 0 && slots[last] < 0) {
      last--;
    }
    return last;
  }

  /**
   * Scans the current line, after reading the rest of it if it is not whole yet; -1 if it is too
   * long. So no part is scanned more than twice.
   */
  private int scanWhole() throws IOException {
    int end = scanOnce();
    if (end < window.limit) {
      return end;
    }
    end = window.wholeLine();
    if (end == window.limit && window.isFull()) {
      return -1;
    }
    return scanOnce();
  }

  private int scanOnce() {
    return separator.length == 1 && separator[0] >= 0 && separator[0] < 0x20 ? scan() : scanAny();
  }

  /**
   * Scans the current line for a separator below 0x20; returns the index of its end, or {@code
   * limit} if the end is not read yet.
   */
  private int scan() {
    final byte[] bytes = window.bytes;
    final int[] starts = record.starts;
    final int[] ends = record.ends;
    final int[] slots = this.slots;
    final int last = slots.length - 1;
    final byte separatorByte = separator[0];
    int column = 0;
    int cell = window.start;
    for (int at = window.start; ; at += Long.BYTES) {
      long word = ByteWindow.word(bytes, at);
      long hits = (word - SPACES) & ~word & HIGH_BITS;
      while (hits != 0) {
        int hit = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        byte b = bytes[hit];
        if (b == separatorByte) {
          int slot = slots[Math.min(column, last)];
          if (slot >= 0) {
            starts[slot] = cell;
            ends[slot] = hit;
          }
          column++;
          cell = hit + 1;
        } else if (b == '\n') {
          endRow(slots[Math.min(column, last)], cell, hit);
          scanned = column + 1;
          return hit;
        }
        hits &= hits - 1;
      }
    }
  }

  /** Scans the current line for any separator; returns as {@link #scan} does. */
  private int scanAny() {
    final byte[] bytes = window.bytes;
    final int last = slots.length - 1;
    int column = 0;
    int cell = window.start;
    int at = window.start;
    while (bytes[at] != '\n') {
      if (bytes[at] != separator[0] || !isSeparator(at)) {
        at++;
        continue;
      }
      int slot = slots[Math.min(column, last)];
      if (slot >= 0) {
        record.starts[slot] = cell;
        record.ends[slot] = at;
      }
      column++;
      at += separator.length;
      cell = at;
    }
    endRow(slots[Math.min(column, last)], cell, at);
    scanned = column + 1;
    return at;
  }

  private boolean isSeparator(int at) {
    return at + separator.length <= window.limit
        && Arrays.equals(window.bytes, at, at + separator.length, separator, 0, separator.length);
  }

  private void endRow(int slot, int cell, int end) {
    if (slot >= 0) {
      boolean carriageReturn = end > cell && window.bytes[end - 1] == '\r';
      record.starts[slot] = cell;
      record.ends[slot] = carriageReturn ? end - 1 : end;
    }
  }
}
