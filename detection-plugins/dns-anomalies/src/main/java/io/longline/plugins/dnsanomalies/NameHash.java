package io.longline.plugins.dnsanomalies;

/**
 * The 64-bit hash by which names are counted: SipHash-1-3 (Aumasson and Bernstein, 2012) with a
 * fixed key, since facts of different hosts meet in one window. Names come from the network; with a
 * simpler hash, somebody could make many of them that count as one.
 */
final class NameHash {

  private static final long KEY_0 = 0x6c6f6e676c696e65L;
  private static final long KEY_1 = 0x2d646e732d6e616dL;

  private NameHash() {}

  /** The hash of a range of bytes. */
  static long of(byte[] bytes, int start, int end) {
    long v0 = KEY_0 ^ 0x736f6d6570736575L;
    long v1 = KEY_1 ^ 0x646f72616e646f6dL;
    long v2 = KEY_0 ^ 0x6c7967656e657261L;
    long v3 = KEY_1 ^ 0x7465646279746573L;
    int length = end - start;
    int wholeWords = length / Long.BYTES;
    // The words, the rest with the length, and the three rounds that end it, which add no word.
    int rounds = wholeWords + 1 + 3;
    for (int i = 0; i < rounds; i++) {
      long word = 0;
      if (i < wholeWords) {
        word = word(bytes, start + i * Long.BYTES);
      } else if (i == wholeWords) {
        word = rest(bytes, start + wholeWords * Long.BYTES, end) | (long) length << 56;
      } else if (i == wholeWords + 1) {
        v2 ^= 0xff;
      }
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** Two halves of 32 bits, which the simpler compiler of the JVM does well. */
  private static long word(byte[] bytes, int at) {
    int low =
        (bytes[at] & 0xff)
            | (bytes[at + 1] & 0xff) << 8
            | (bytes[at + 2] & 0xff) << 16
            | bytes[at + 3] << 24;
    int high =
        (bytes[at + 4] & 0xff)
            | (bytes[at + 5] & 0xff) << 8
            | (bytes[at + 6] & 0xff) << 16
            | bytes[at + 7] << 24;
    return (long) high << 32 | low & 0xffffffffL;
  }

  private static long rest(byte[] bytes, int start, int end) {
    long rest = 0;
    for (int i = end - 1; i >= start; i--) {
      rest = rest << 8 | (bytes[i] & 0xff);
    }
    return rest;
  }
}
