package io.longline.plugins.beacons;

/**
 * The hour and the bucket of a pair as a number, in the order in which facts are written: the hour,
 * the bucket, whether the pair is no number, its flags. Stateless.
 */
final class Places {

  private static final int FLAG_BITS = 3;
  private static final int HASHES = 1 << FLAG_BITS;
  private static final int BUCKET_SHIFT = FLAG_BITS + 1;
  private static final int HOUR_SHIFT = 15;

  /** The number of bits from which on the order of places matters. */
  static final int RANK_SHIFT = FLAG_BITS;

  private static final int RANK = (1 << (HOUR_SHIFT - RANK_SHIFT)) - 1;
  private static final int BUCKET = (1 << (HOUR_SHIFT - BUCKET_SHIFT)) - 1;

  private Places() {}

  /** The place of a pair. */
  static long of(int hour, Identity identity) {
    return (long) hour << HOUR_SHIFT
        | (long) identity.bucket() << BUCKET_SHIFT
        | (identity.isNumber() ? 0 : HASHES)
        | identity.flags();
  }

  /** Its hour. */
  static int hour(long place) {
    return (int) (place >>> HOUR_SHIFT);
  }

  /** Its bucket. */
  static int bucket(long place) {
    return (int) (place >>> BUCKET_SHIFT) & BUCKET;
  }

  /** Its bucket, and whether the pair is no number, as one number of 12 bits. */
  static int rankInHour(long place) {
    return (int) (place >>> RANK_SHIFT) & RANK;
  }

  /** Whether its pair is a number. */
  static boolean isNumber(long place) {
    return (place & HASHES) == 0;
  }

  /** The flags of its pair. */
  static int flags(long place) {
    return (int) place & Identity.FLAGS;
  }
}
