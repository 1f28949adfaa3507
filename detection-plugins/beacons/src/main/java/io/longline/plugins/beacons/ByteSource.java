package io.longline.plugins.beacons;

import java.util.Arrays;

/** Reads what a {@link ByteSink} has written. Confined to one thread. */
final class ByteSource {

  private byte[] bytes;
  private int position;

  /** Reads from a position on. */
  ByteSource(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Reads other bytes. */
  ByteSource from(byte[] newBytes, int newPosition) {
    bytes = newBytes;
    position = newPosition;
    return this;
  }

  /** Where the next byte is. */
  int position() {
    return position;
  }

  /** Whether there is no more. */
  boolean isAtEnd() {
    return position >= bytes.length;
  }

  /** Goes on at another position. */
  void moveTo(int newPosition) {
    position = newPosition;
  }

  /** Reads a byte, from 0 to 255. */
  int octet() {
    return bytes[position++] & 0xff;
  }

  /** Reads a number. */
  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("A number in a fact is too long.");
  }

  /** Reads a number that is an int. */
  int small() {
    return Math.toIntExact(number());
  }

  /** Reads 8 bytes. */
  long eight() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value |= (bytes[position++] & 0xffL) << (i * Byte.SIZE);
    }
    return value;
  }

  /** Reads so many bytes. */
  byte[] raw(int count) {
    var range = Arrays.copyOfRange(bytes, position, position + count);
    position += count;
    return range;
  }

  /** Reads bytes that have their number before them. */
  byte[] counted() {
    return raw(small());
  }
}
