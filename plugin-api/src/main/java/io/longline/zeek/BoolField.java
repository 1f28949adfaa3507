package io.longline.zeek;

/**
 * A field read as a {@code bool}. Immutable.
 *
 * @since 0.1.0
 */
public final class BoolField extends LogField {

  BoolField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The value; it must be set. */
  public boolean get(LogRecord record) {
    return in(record).bool(column);
  }

  /** The value, or another one if it is unset. */
  public boolean get(LogRecord record, boolean ifUnset) {
    var checked = in(record);
    return checked.isUnset(column) ? ifUnset : checked.bool(column);
  }
}
