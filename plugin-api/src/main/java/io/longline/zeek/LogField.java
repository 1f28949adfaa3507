package io.longline.zeek;

import org.jspecify.annotations.Nullable;

/**
 * A field of the records of one log, by name: a handle that {@link LogFields} hands out and that
 * knows its column. Immutable; using it costs no more than the column's number does.
 *
 * <p>Each method throws {@link IllegalArgumentException} for a record that was not asked for with
 * the handle's {@link LogFields}, and {@link ZeekFormatException} for a cell that cannot be read as
 * the type.
 *
 * @since 0.1.0
 */
public abstract sealed class LogField
    permits AddressField,
        BoolField,
        IntegerField,
        IntervalField,
        RealField,
        StringField,
        StringsField,
        SubnetField,
        TimeField {

  private final FieldList fields;
  private final String name;
  final int column;

  LogField(FieldList fields, WantedField field) {
    this.fields = fields;
    this.name = field.name();
    this.column = fields.add(field);
  }

  /** Checks that a record shows this field, and returns the record. */
  final LogRecord in(LogRecord record) {
    if (!fields.isOf(record.view)) {
      fields.check(record.view, name);
    }
    return record;
  }

  /** The name of the field; of several, the one that is tried first. */
  public final String name() {
    return name;
  }

  /** Its column in the records, from 0. */
  public final int column() {
    return column;
  }

  /** Whether the cell has no value: its log says so, or has no such field. */
  public final boolean isUnset(LogRecord record) {
    return in(record).isUnset(column);
  }

  /** The cell as it stands in the log; null if the row has none. */
  public final @Nullable String text(LogRecord record) {
    return in(record).text(column);
  }

  /** The name. */
  @Override
  public final String toString() {
    return name;
  }
}
