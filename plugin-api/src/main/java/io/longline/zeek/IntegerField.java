package io.longline.zeek;

/**
 * A field read as a whole number: an {@code int}, {@code count} or {@code port}. Immutable.
 *
 * @since 0.1.0
 */
public final class IntegerField extends LogField {

  IntegerField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The number; it must be set. See {@link LogRecord#integer(int)}. */
  public long get(LogRecord record) {
    return in(record).integer(column);
  }

  /** The number, or another value if it is unset. */
  public long get(LogRecord record, long ifUnset) {
    return in(record).integer(column, ifUnset);
  }
}
