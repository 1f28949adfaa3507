package io.longline.plugins.dnsanomalies;

import java.util.Arrays;

/** Writes numbers as the bytes of a fact. Confined to one thread. */
final class FactWriter {

  private byte[] bytes = new byte[128];
  private int length;

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** A number, taken without a sign, in seven bits a byte, the lowest first. */
  FactWriter number(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** All 64 bits. */
  FactWriter word(long value) {
    reserve(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  FactWriter bytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** What was written since the last call, or since the beginning. */
  byte[] take() {
    var taken = toBytes();
    length = 0;
    return taken;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
