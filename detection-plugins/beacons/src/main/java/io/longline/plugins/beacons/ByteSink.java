package io.longline.plugins.beacons;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, with numbers of as few bytes as they need. Confined to one thread. */
final class ByteSink {

  private static final int MORE = 0x80;

  private byte[] bytes = new byte[256];
  private int length;

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** Adds a byte. */
  ByteSink octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Adds a number, which is not negative; small ones take few bytes. */
  ByteSink number(long value) {
    room(10);
    long left = value;
    while (left >= MORE) {
      bytes[length++] = (byte) (left | MORE);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
    return this;
  }

  /** Adds the 8 bytes of a number. */
  ByteSink eight(long value) {
    room(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[length++] = (byte) (value >>> (i * Byte.SIZE));
    }
    return this;
  }

  /** Adds the first numbers of an array, with 8 bytes each. */
  ByteSink eights(long[] numbers, int count) {
    room(count * Long.BYTES);
    ByteBuffer.wrap(bytes, length, count * Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .put(numbers, 0, count);
    length += count * Long.BYTES;
    return this;
  }

  /** Adds a range of bytes as they are. */
  ByteSink raw(byte[] more, int from, int count) {
    room(count);
    System.arraycopy(more, from, bytes, length, count);
    length += count;
    return this;
  }

  /** Adds bytes, with their number before them. */
  ByteSink counted(byte[] more) {
    return number(more.length).raw(more, 0, more.length);
  }

  /** Adds what another one has, with its length before it. */
  ByteSink counted(ByteSink other) {
    return number(other.length).raw(other);
  }

  /** Adds what another one has. */
  ByteSink raw(ByteSink other) {
    return raw(other.bytes, 0, other.length);
  }

  /** How many bytes there are. */
  int length() {
    return length;
  }

  /** The array in which the bytes are, of which the first {@link #length()} count. */
  byte[] array() {
    return bytes;
  }

  /** Removes all. */
  ByteSink clear() {
    length = 0;
    return this;
  }

  /** A copy of the bytes. */
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
