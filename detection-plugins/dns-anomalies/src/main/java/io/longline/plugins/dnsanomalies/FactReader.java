package io.longline.plugins.dnsanomalies;

import java.util.Arrays;

/**
 * Reads what {@link FactWriter} wrote. Bytes that are not of this form are an {@link
 * IllegalArgumentException} or an {@link IndexOutOfBoundsException}. Confined to one thread.
 */
final class FactReader {

  private final byte[] bytes;
  private int at;

  FactReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("A number of a fact has no end.");
  }

  long word() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }

  byte[] bytes(int length) {
    at += length;
    if (at > bytes.length) {
      throw new IndexOutOfBoundsException("A fact ends too early.");
    }
    return Arrays.copyOfRange(bytes, at - length, at);
  }
}
