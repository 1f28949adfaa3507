package io.longline.zeek;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A field read as an {@code addr}. Immutable.
 *
 * @since 0.1.0
 */
public final class AddressField extends LogField {

  AddressField(FieldList fields, WantedField field) {
    super(fields, field);
  }

  /** The address, made without any lookup; null if it is unset. */
  public @Nullable InetAddress get(LogRecord record) {
    return in(record).address(column);
  }

  /**
   * Writes the address into an array, in network order, without making an object.
   *
   * @param target 16 bytes or more
   * @return how many bytes were written: 4 or 16, 0 if it is unset
   */
  public int bytes(LogRecord record, byte[] target) {
    return in(record).addressBytes(column, target);
  }
}
