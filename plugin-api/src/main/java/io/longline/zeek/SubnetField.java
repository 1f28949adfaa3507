package io.longline.zeek;

import org.jspecify.annotations.Nullable;

/**
 * A field read as a {@code subnet}. Immutable.
 *
 * @since 0.1.0
 */
public final class SubnetField extends LogField {

  SubnetField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The subnet; null if it is unset. */
  public @Nullable Subnet get(LogRecord record) {
    return in(record).subnet(column);
  }
}
