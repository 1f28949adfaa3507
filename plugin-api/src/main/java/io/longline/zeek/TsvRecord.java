package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a TSV log. Markers are compared before escapes are undone, as Zeek writes them. */
final class TsvRecord extends LogRecord {

  private TsvFormat format = TsvFormat.ZEEK;
  private ZeekType[] types = {};

  TsvRecord(String file, View view) {
    super(file, view);
  }

  /** Takes over a new header. */
  void use(TsvFormat format) {
    this.format = format;
    types = new ZeekType[size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = view.type(i);
    }
    starts = new int[types.length];
    ends = new int[types.length];
    Arrays.fill(starts, -1);
  }

  @Override
  public @Nullable String path() {
    return schema().path();
  }

  @Override
  public boolean isUnset(int column) {
    int start = starts[column];
    return start < 0 || isMarker(format.unsetFieldBytes(), start, ends[column]);
  }

  @Override
  public boolean isEmpty(int column) {
    int start = starts[column];
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
    int start = requireCell(column);
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
    int start = requireCell(column);
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
    int start = starts[column];
    int end = ends[column];
    if (start < 0 || isMarker(format.unsetFieldBytes(), start, end)) {
      return null;
    }
    return isMarker(format.emptyFieldBytes(), start, end) ? "" : decode(start, end);
  }

  private String decode(int start, int end) {
    if (FieldEscapes.isEscaped(bytes, start, end)) {
      return new String(FieldEscapes.undo(bytes, start, end), UTF_8);
    }
    return new String(bytes, start, end - start, UTF_8);
  }

  @Override
  public @Nullable List<@Nullable String> strings(int column) {
    if (isUnset(column)) {
      return null;
    }
    var elements = new ArrayList<@Nullable String>();
    int start = starts[column];
    int end = ends[column];
    if (!types[column].isContainer()) {
      elements.add(string(column));
      return elements;
    }
    if (isEmpty(column)) {
      return elements;
    }
    var separator = format.setSeparatorBytes();
    for (int at = start; at <= end - separator.length; ) {
      if (isMarker(separator, at, at + separator.length)) {
        elements.add(element(start, at));
        at += separator.length;
        start = at;
      } else {
        at++;
      }
    }
    elements.add(element(start, end));
    return elements;
  }

  private @Nullable String element(int start, int end) {
    if (isMarker(format.unsetFieldBytes(), start, end)) {
      return null;
    }
    return isMarker(format.emptyFieldBytes(), start, end) ? "" : decode(start, end);
  }
}
