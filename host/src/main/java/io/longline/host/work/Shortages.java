package io.longline.host.work;

/**
 * Counts how often in a row a step failed for want of memory. Most likely a hook has eaten it, and
 * its call will end; a host that gets none back ends. Confined to one thread.
 */
final class Shortages {

  /** After so many in a row, with a pause after each, there is no use in trying again. */
  private static final int MOST = 10;

  private int inARow;

  /** A step was made. */
  void clear() {
    inARow = 0;
  }

  /**
   * Counts a shortage; the step may be tried again after a pause.
   *
   * @throws OutOfMemoryError the shortage, if it was one too many
   */
  void count(OutOfMemoryError shortage) {
    inARow++;
    if (inARow >= MOST) {
      throw shortage;
    }
  }
}
