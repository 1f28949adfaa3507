package io.longline.zeek;

/**
 * How many rows {@link LogReader#forEach} has counted as bad on this thread, since its consumer
 * could not read a cell. A row that such a consumer was writing is given up with that. Thread-safe.
 */
final class RejectedRows {

  private static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);

  private RejectedRows() {}

  static void add() {
    COUNT.get()[0]++;
  }

  static long count() {
    return COUNT.get()[0];
  }
}
