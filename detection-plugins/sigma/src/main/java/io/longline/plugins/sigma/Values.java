package io.longline.plugins.sigma;

import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.ZeekType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of the record at hand by the fields that rules name, each read once at most. Confined
 * to one thread.
 */
final class Values {

  private final Fields fields;
  private final int[] columns;
  private Cell[] cells = {};
  private ZeekType[] types = {};
  private @Nullable LogSchema schema;
  private @Nullable LogRecord record;
  private long row;
  private int layouts;
  private boolean isJson;

  /** The values of records of a log. */
  Values(Fields fields) {
    this.fields = fields;
    this.columns = new int[fields.size()];
  }

  /** Shows another record from now on. */
  @SuppressWarnings("ReferenceEquality") // Other columns are another object.
  void use(LogRecord next) {
    record = next;
    row++;
    if (next.schema() != schema || next.size() != cells.length) {
      useSchema(next);
    }
  }

  private void useSchema(LogRecord next) {
    var found = next.schema();
    schema = found;
    layouts++;
    isJson = found.format() instanceof JsonFormat;
    int known = cells.length;
    cells = Arrays.copyOf(cells, next.size());
    types = new ZeekType[cells.length];
    for (int i = 0; i < cells.length; i++) {
      if (i >= known) {
        cells[i] = new Cell();
      }
      types[i] = type(found, next.name(i));
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(next, fields.names(i));
    }
  }

  /** The column of a field by any of its names; -1 if the log has none, though it was wanted. */
  private static int column(LogRecord record, List<String> names) {
    if (names.stream().allMatch(name -> record.schema().indexOf(name) < 0)) {
      return -1;
    }
    return names.stream()
        .mapToInt(record::indexOf)
        .filter(index -> index >= 0)
        .findFirst()
        .orElse(-1);
  }

  /** The type of a column by one of the names that it may have. */
  private static ZeekType type(LogSchema schema, String name) {
    for (var each : Fields.names(name)) {
      int index = schema.indexOf(each);
      if (index >= 0) {
        return schema.fields().get(index).type();
      }
    }
    return ZeekType.STRING;
  }

  private LogRecord current() {
    return Objects.requireNonNull(record, "use");
  }

  /** A number that is another one when fields have other columns. */
  int layout() {
    return layouts;
  }

  /** How many columns the record has, wanted by rules or not. */
  int columnCount() {
    return cells.length;
  }

  /** Whether the log is JSON, whose columns have no types. */
  boolean isJson() {
    return isJson;
  }

  /** The values of a column. */
  Cell column(int column) {
    return cells[column].read(current(), column, types[column], isJson, row);
  }

  ZeekType type(int column) {
    return types[column];
  }

  /** The column of a field; -1 if the log has none. */
  int columnOf(int field) {
    return columns[field];
  }

  /** Whether a field has a value, empty or not. */
  boolean isSet(int field) {
    return columns[field] >= 0 && !current().isUnset(columns[field]);
  }

  /** Whether a field has no value, or an empty one. */
  boolean isNull(int field) {
    return !isSet(field) || current().isEmpty(columns[field]);
  }

  /** How many values a field has. */
  int count(int field) {
    return columns[field] < 0 ? 0 : column(columns[field]).count();
  }

  /** A value of a field. */
  Value value(int field, int index) {
    return column(columns[field]).value(index);
  }

  /** The name of a field as rules have it after the mapping. */
  String name(int field) {
    return fields.name(field);
  }

  /** The record. */
  LogRecord record() {
    return current();
  }
}
