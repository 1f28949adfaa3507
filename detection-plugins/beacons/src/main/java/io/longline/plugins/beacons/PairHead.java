package io.longline.plugins.beacons;

/**
 * What a block says of each pair before anything else, in one number, so that most pairs are never
 * looked at again: of connections that have ended their number, the different seconds in which they
 * began, their duration and the first second within the hour; of an open connection its beginning.
 * Stateless.
 *
 * <p>Whatever does not fit is the greatest number of its field, which stands for any.
 */
final class PairHead {

  /** The greatest number of connections, which is for more ones too. */
  static final int MOST_COUNT = (1 << 18) - 1;

  /** The greatest number of seconds. */
  static final int MOST_UNIQUE = (1 << 6) - 1;

  /** The greatest duration, in seconds. */
  static final int MOST_DURATION = (1 << 28) - 1;

  private static final int COUNT_SHIFT = 46;
  private static final int UNIQUE_SHIFT = 40;
  private static final int DURATION_SHIFT = 12;
  private static final int SECOND = (1 << DURATION_SHIFT) - 1;
  private static final long MICROS = 1_000_000;

  private PairHead() {}

  /**
   * That of connections.
   *
   * @param count at least one
   * @param micros their duration, which is rounded up
   */
  static long of(long count, int unique, long micros, int firstSecond) {
    long seconds = micros / MICROS + (micros % MICROS == 0 ? 0 : 1);
    return Math.min(count, MOST_COUNT) << COUNT_SHIFT
        | (long) Math.min(unique, MOST_UNIQUE) << UNIQUE_SHIFT
        | Math.min(seconds, MOST_DURATION) << DURATION_SHIFT
        | firstSecond;
  }

  /** That of an open connection which began at a second since 1970, of 32 bits. */
  static long ofOpen(long start) {
    return start;
  }

  /** Whether it is that of an open connection. */
  static boolean isOpen(long head) {
    return head >>> COUNT_SHIFT == 0;
  }

  /** The connections. */
  static int count(long head) {
    return (int) (head >>> COUNT_SHIFT);
  }

  /** The different seconds. */
  static int unique(long head) {
    return (int) (head >>> UNIQUE_SHIFT) & MOST_UNIQUE;
  }

  /** The duration in seconds, rounded up. */
  static int duration(long head) {
    return (int) (head >>> DURATION_SHIFT) & MOST_DURATION;
  }

  /** The first second within the hour. */
  static int second(long head) {
    return (int) head & SECOND;
  }

  /** The first second since 1970 of a pair in an hour. */
  static long firstSecond(long head, long hourStart) {
    return isOpen(head) ? head : hourStart + second(head);
  }
}
