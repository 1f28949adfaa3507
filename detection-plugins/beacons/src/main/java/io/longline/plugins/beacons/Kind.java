package io.longline.plugins.beacons;

import java.util.Locale;

/**
 * The kinds of pairs, in the order of their facts: those with names come first, since addresses
 * that belong to one of them have no row of their own.
 */
enum Kind {
  /** An internal address and the name of a server. */
  SNI(1),
  /** An internal and another address. */
  IP(2);

  /** The number of parts into which the facts of a kind are divided by one side of the pair. */
  static final int PARTS = 16;

  /** The key of what is known of a batch as a whole, before those of all kinds. */
  private static final byte[] SUMMARY_KEY = {0};

  /** The first byte of keys. */
  private final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The name in rows. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A copy of the key of summaries. */
  static byte[] summaryKey() {
    return SUMMARY_KEY.clone();
  }

  /**
   * The number of a bucket, in which facts of several pairs are together: those of one outer side,
   * a name or an external address, are in buckets that follow each other.
   */
  int bucket(long outerHash, long innerHash) {
    return (code * PARTS + part(outerHash)) * PARTS + part(innerHash);
  }

  private static int part(long hash) {
    return (int) (hash & (PARTS - 1));
  }

  /** The key of a bucket. */
  static byte[] key(int bucket) {
    return new byte[] {
      (byte) (bucket / (PARTS * PARTS)), (byte) (bucket / PARTS % PARTS), (byte) (bucket % PARTS)
    };
  }

  /** The kind of the pairs in the bucket with this key. */
  static Kind of(byte[] key) {
    return key[0] == SNI.code ? SNI : IP;
  }
}
