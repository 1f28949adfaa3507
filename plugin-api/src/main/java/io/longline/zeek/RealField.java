package io.longline.zeek;

/**
 * A field read as a {@code double}. Immutable.
 *
 * @since 0.1.0
 */
public final class RealField extends LogField {

  RealField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The number; it must be set. */
  public double get(LogRecord record) {
    return in(record).real(column);
  }

  /** The number, or another value if it is unset. */
  public double get(LogRecord record, double ifUnset) {
    var checked = in(record);
    return checked.isUnset(column) ? ifUnset : checked.real(column);
  }
}
