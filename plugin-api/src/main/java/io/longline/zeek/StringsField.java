package io.longline.zeek;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field read as the elements of a set or vector. Immutable.
 *
 * @since 0.1.0
 */
public final class StringsField extends LogField {

  StringsField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /**
   * The elements in the order of the file, escapes undone; null if the field is unset. An unset
   * element is null.
   */
  public @Nullable List<@Nullable String> get(LogRecord record) {
    return in(record).strings(column);
  }

  /** The elements as a record of their own, for typed access. See {@link LogRecord#elements}. */
  public LogRecord elements(LogRecord record) {
    return in(record).elements(column);
  }
}
