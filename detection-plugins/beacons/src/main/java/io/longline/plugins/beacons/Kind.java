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

  /** The length of the key of facts of any bucket of a part. */
  static final int PART_KEY_BYTES = 2;

  /** The key of what is known of a batch as a whole, before those of all kinds. */
  private static final byte[] SUMMARY_KEY = {0};

  /** The keys of what is known of connections by themselves, after the summaries. */
  private static final byte[] OPEN_KEY = {0, 1};

  private static final byte[] ENDED_KEY = {0, 2};

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

  /** A copy of the key of connections that were open. */
  static byte[] openKey() {
    return OPEN_KEY.clone();
  }

  /** A copy of the key of connections that have ended. */
  static byte[] endedKey() {
    return ENDED_KEY.clone();
  }

  /** Whether a key is that of facts of pairs. */
  static boolean isOfPairs(byte[] key) {
    return key[0] != SUMMARY_KEY[0];
  }

  /**
   * The number of a bucket, in which facts of several pairs are together: those of one outer side,
   * a name or an external address, are in buckets that follow each other.
   */
  int bucket(long outerHash, long innerHash) {
    return (code * PARTS + part(outerHash)) * PARTS + part(innerHash);
  }

  /** Which of the parts a side is in. */
  static int part(long hash) {
    return (int) (hash & (PARTS - 1));
  }

  /** The key of facts of any of the buckets that follow each other; it comes before theirs. */
  static byte[] keyOfPart(int bucket) {
    return new byte[] {(byte) (bucket / (PARTS * PARTS)), (byte) (bucket / PARTS % PARTS)};
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
