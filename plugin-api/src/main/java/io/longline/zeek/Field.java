package io.longline.zeek;

import java.util.Objects;

/**
 * A column of a log. Immutable.
 *
 * @param name the name as in the {@code #fields} line or the JSON key, such as {@code id.orig_h}
 * @param type the type of its values
 * @since 0.1.0
 */
public record Field(String name, ZeekType type) {

  /** Checks the parts. */
  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
