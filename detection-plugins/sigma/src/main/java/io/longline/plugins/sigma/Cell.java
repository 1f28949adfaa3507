package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.longline.zeek.LogRecord;
import io.longline.zeek.ZeekType;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a column in the record at hand: none if it is unset or an empty set, one, or the
 * elements of a set or vector. Confined to one thread.
 */
final class Cell {

  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);

  private final List<Value> values = new ArrayList<>();
  private int count;
  private long row = -1;

  /** Reads a column, unless that has been done for this row. */
  Cell read(LogRecord record, int column, ZeekType type, boolean isJson, long number) {
    if (row != number) {
      row = number;
      count = 0;
      if (!record.isUnset(column)) {
        readSet(record, column, type, isJson);
      }
    }
    return this;
  }

  private void readSet(LogRecord record, int column, ZeekType type, boolean isJson) {
    var bytes = isJson || !type.isContainer() ? record.bytes(column) : null;
    if (bytes == null || (isJson && bytes.length > 0 && bytes[0] == '[')) {
      var elements = record.elements(column);
      for (int i = 0; i < elements.size(); i++) {
        var element = elements.bytes(i);
        if (element != null) {
          add(element);
        }
      }
    } else if (!isJson && type.kind() == ZeekType.Kind.BOOL) {
      addBool(bytes);
    } else {
      add(bytes);
    }
  }

  /** Zeek writes {@code T} and {@code F}; rules have those, or {@code true} and {@code false}. */
  private void addBool(byte[] bytes) {
    add(bytes);
    if (bytes.length == 1 && (bytes[0] == 'T' || bytes[0] == 'F')) {
      add(bytes[0] == 'T' ? TRUE : FALSE);
    }
  }

  private void add(byte[] bytes) {
    if (count == values.size()) {
      values.add(new Value());
    }
    values.get(count++).set(bytes);
  }

  /** How many values there are. */
  int count() {
    return count;
  }

  /** A value, from 0. */
  Value value(int index) {
    return values.get(index);
  }
}
