package io.longline.plugins.beacons;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of 64 bits, which stay the same: facts have them. Thread-safe. */
final class Hash {

  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xBF58476D1CE4E5B9L;
  private static final long THIRD = 0x94D049BB133111EBL;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Hash() {}

  /** The hash of a range of bytes. */
  static long of(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      hash = folded((hash ^ (long) LONGS.get(bytes, at)) * FIRST);
    }
    if (at <= to - Integer.BYTES) {
      hash = folded((hash ^ ((int) INTS.get(bytes, at) & 0xffffffffL)) * SECOND);
      at += Integer.BYTES;
    }
    for (; at < to; at++) {
      hash = folded((hash ^ (bytes[at] & 0xff)) * THIRD);
    }
    return mixed(hash);
  }

  /** The hash of a range of four bytes, of which this is the number, the lowest byte first. */
  static long ofFour(int bytes) {
    return mixed(folded((Integer.BYTES ^ (bytes & 0xffffffffL)) * SECOND));
  }

  private static long folded(long hash) {
    return hash ^ (hash >>> 32);
  }

  /** The hash of two hashes, whose order counts. */
  static long of(long one, long other) {
    return mixed(one * FIRST + other);
  }

  /** Spreads the bits, as the finalizer of SplitMix64 does. */
  private static long mixed(long value) {
    long hash = value + FIRST;
    hash = (hash ^ (hash >>> 30)) * SECOND;
    hash = (hash ^ (hash >>> 27)) * THIRD;
    return hash ^ (hash >>> 31);
  }
}
