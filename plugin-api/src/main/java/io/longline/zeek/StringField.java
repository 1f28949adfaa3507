package io.longline.zeek;

import org.jspecify.annotations.Nullable;

/**
 * A field read as text: a {@code string}, {@code enum}, or anything else as it is written.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class StringField extends LogField {

  StringField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The text, escapes undone; null if it is unset. See {@link LogRecord#string}. */
  public @Nullable String get(LogRecord record) {
    return in(record).string(column);
  }

  /** The bytes, escapes undone; null if it is unset. See {@link LogRecord#bytes(int)}. */
  public byte @Nullable [] bytes(LogRecord record) {
    return in(record).bytes(column);
  }
}
