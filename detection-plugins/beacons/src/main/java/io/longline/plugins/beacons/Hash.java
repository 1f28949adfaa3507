package io.longline.plugins.beacons;

/** Hashes of 64 bits, which stay the same: facts have them. Thread-safe. */
final class Hash {

  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xBF58476D1CE4E5B9L;
  private static final long THIRD = 0x94D049BB133111EBL;

  private Hash() {}

  /** The hash of a range of bytes. */
  static long of(byte[] bytes, int from, int to) {
    long hash = to - from;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * FIRST;
      hash ^= hash >>> 32;
    }
    return mixed(hash);
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
