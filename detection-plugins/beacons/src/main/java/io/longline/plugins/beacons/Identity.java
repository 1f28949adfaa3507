package io.longline.plugins.beacons;

import java.util.Arrays;

/**
 * The two sides of a pair as bytes: an inner one, which is an internal address, and an outer one, a
 * name or another address. Confined to one thread: it is written again and again.
 */
final class Identity {

  /** The outer side began the connection. */
  static final int OUTER_BEGINS = 1;

  /** The outer side is an IPv6 address. */
  static final int OUTER_IS_WIDE = 2;

  /** The inner side is an IPv6 address. */
  static final int INNER_IS_WIDE = 4;

  /** The bits that are used. */
  static final int FLAGS = OUTER_BEGINS | OUTER_IS_WIDE | INNER_IS_WIDE;

  /** A longer name is cut. */
  static final int MOST_NAME_BYTES = 1024;

  static final int WIDE_BYTES = 16;
  static final int NARROW_BYTES = 4;

  private final ByteSink bytes = new ByteSink();
  private int bucket;
  private long hash;

  /** Makes it that of a name and an address. */
  Identity ofName(byte[] name, byte[] source, int length) {
    int nameLength = Math.min(name.length, MOST_NAME_BYTES);
    bytes
        .clear()
        .octet(length == WIDE_BYTES ? INNER_IS_WIDE : 0)
        .number(nameLength)
        .raw(name, 0, nameLength)
        .raw(source, 0, length);
    return hashed(Kind.SNI, Hash.of(name, 0, nameLength), Hash.of(source, 0, length));
  }

  /** The hash of a name, as an identity has it. */
  static long nameHash(byte[] name) {
    return Hash.of(name, 0, Math.min(name.length, MOST_NAME_BYTES));
  }

  /** Makes it that of two addresses. */
  Identity ofAddresses(
      byte[] outer, int outerLength, byte[] inner, int innerLength, boolean outerBegins) {
    bytes
        .clear()
        .octet(
            (outerBegins ? OUTER_BEGINS : 0)
                | (outerLength == WIDE_BYTES ? OUTER_IS_WIDE : 0)
                | (innerLength == WIDE_BYTES ? INNER_IS_WIDE : 0))
        .raw(outer, 0, outerLength)
        .raw(inner, 0, innerLength);
    return hashed(Kind.IP, Hash.of(outer, 0, outerLength), Hash.of(inner, 0, innerLength));
  }

  private Identity hashed(Kind kind, long outerHash, long innerHash) {
    bucket = kind.bucket(outerHash, innerHash);
    hash = Hash.of(outerHash, innerHash);
    return this;
  }

  /** Its bytes. */
  ByteSink bytes() {
    return bytes;
  }

  /** A hash of both sides. */
  long hash() {
    return hash;
  }

  /** The bucket in which its facts are. */
  int bucket() {
    return bucket;
  }

  /** Whether its bytes are those in a range. */
  boolean equalsRange(byte[] other, int from, int to) {
    return Arrays.equals(bytes.array(), 0, bytes.length(), other, from, to);
  }
}
