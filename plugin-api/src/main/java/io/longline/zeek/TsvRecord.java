package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a TSV log. Cells are compared with the markers before escapes are undone,
 * since Zeek escapes a text that looks like a marker.
 */
final class TsvRecord extends LogRecord {

  private TsvFormat format = TsvFormat.ZEEK;
  private byte[] unset = TsvFormat.ZEEK.unsetFieldBytes();
  private ZeekType[] types = {};
  private List<Field> fields = List.of();
  private @Nullable TsvRecord elements;

  TsvRecord(String file, View view) {
    super(file, view);
  }

  /** Takes over a new header. */
  @SuppressWarnings("ReferenceEquality") // Other columns are another object.
  void use(TsvFormat format) {
    this.format = format;
    unset = format.unsetFieldBytes();
    isMarkerAmbiguous = !Arrays.equals(unset, TsvFormat.ZEEK.unsetFieldBytes());
    if (view.schema().fields() != fields) {
      fields = view.schema().fields();
      useColumns();
    }
  }

  private void useColumns() {
    types = new ZeekType[size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = view.type(i);
    }
    starts = new int[types.length];
    ends = new int[types.length];
    Arrays.fill(starts, -1);
  }

  @Override
  LogRecord newPart(View partView) {
    return new TsvRecord(file, partView);
  }

  @Override
  void takeSchema(LogRecord row) {
    use(((TsvRecord) row).format);
  }

  @Override
  public @Nullable String path() {
    return schema().path();
  }

  @Override
  public boolean isUnset(int column) {
    int start = startOf(column);
    return start < 0 || isUnset(start, ends[column]);
  }

  private boolean isUnset(int start, int end) {
    // Most cells differ from the marker in length or in the first byte.
    return end - start == unset.length
        && (end == start || bytes[start] == unset[0])
        && isMarker(unset, start, end);
  }

  @Override
  public boolean isEmpty(int column) {
    int start = startOf(column);
    if (start < 0 || isUnset(column)) {
      return false;
    }
    return start == ends[column] || isMarker(format.emptyFieldBytes(), start, ends[column]);
  }

  private boolean isMarker(byte[] marker, int start, int end) {
    if (end - start != marker.length) {
      return false;
    }
    for (int i = 0; i < marker.length; i++) {
      if (bytes[start + i] != marker[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean bool(int column) {
    int start = cell(column);
    if (ends[column] - start == 1) {
      byte b = bytes[start];
      if (b == 'T' || b == '1') {
        return true;
      }
      if (b == 'F' || b == '0') {
        return false;
      }
    }
    throw badValue(column, "T or F");
  }

  @Override
  public long timeMicros(int column) {
    int start = cell(column);
    try {
      return DecimalText.parseMicros(bytes, start, ends[column]);
    } catch (NumberFormatException e) {
      throw badValue(column, "seconds since 1970");
    }
  }

  @Override
  public byte @Nullable [] bytes(int column) {
    if (isUnset(column)) {
      return null;
    }
    return isEmpty(column) ? new byte[0] : FieldEscapes.undo(bytes, starts[column], ends[column]);
  }

  @Override
  public @Nullable String string(int column) {
    int start = startOf(column);
    int end = ends[column];
    if (start < 0 || isUnset(start, end)) {
      return null;
    }
    return isMarker(format.emptyFieldBytes(), start, end) ? "" : decode(start, end);
  }

  private String decode(int start, int end) {
    var plain = plainString(start, end);
    if (plain != null) {
      return plain;
    }
    if (FieldEscapes.isEscaped(bytes, start, end)) {
      return new String(FieldEscapes.undo(bytes, start, end), UTF_8);
    }
    return new String(bytes, start, end - start, UTF_8);
  }

  @Override
  @Nullable LogRecord elementsShown() {
    return elements;
  }

  @Override
  public LogRecord elements(int column) {
    var found = elements;
    if (found == null) {
      found = new TsvRecord(file, View.ofElements());
      elements = found;
    }
    found.showElements(this, column);
    return found;
  }

  /** Shows the elements of a cell from now on. */
  private void showElements(TsvRecord row, int column) {
    format = row.format;
    unset = row.unset;
    isMarkerAmbiguous = row.isMarkerAmbiguous;
    bytes = row.bytes;
    line = row.line;
    int count = 0;
    row.startOf(column);
    var type = row.types[column];
    if (!row.isUnset(column) && !(type.isContainer() && row.isEmpty(column))) {
      int start = row.starts[column];
      int end = row.ends[column];
      var separator = format.setSeparatorBytes();
      for (int at = start; type.isContainer() && at <= end - separator.length; ) {
        if (isMarker(separator, at, at + separator.length)) {
          addElement(count++, start, at);
          at += separator.length;
          start = at;
        } else {
          at++;
        }
      }
      addElement(count++, start, end);
    }
    view.useElements(row.schema(), row.name(column), count);
  }

  private void addElement(int index, int start, int end) {
    if (index == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(8, index * 2));
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[index] = start;
    ends[index] = end;
  }
}
