package io.longline.plugins.dnsanomalies;

/**
 * Counts of a few things that have numbers from 0, of which most are mostly the same one. Confined
 * to one thread.
 */
final class Counts {

  private final int things;
  private int only = -1;
  private long onlyCount;

  /** The counts by thing, once there are two. */
  private long[] counts = {};

  /**
   * No counts.
   *
   * @param things how many things there are
   */
  Counts(int things) {
    this.things = things;
  }

  void add(int thing, long count) {
    if (counts.length > 0) {
      counts[thing] += count;
    } else if (only < 0 || only == thing) {
      only = thing;
      onlyCount += count;
    } else {
      counts = new long[things];
      counts[only] = onlyCount;
      counts[thing] = count;
    }
  }

  long get(int thing) {
    if (counts.length > 0) {
      return counts[thing];
    }
    return thing == only ? onlyCount : 0;
  }

  /** The bytes that it needs in memory, apart from its object. */
  int memory() {
    return counts.length * Long.BYTES;
  }

  /** The number of things that have counts, and each with its count. */
  void writeTo(FactWriter out) {
    if (counts.length == 0) {
      out.number(only < 0 ? 0 : 1);
      if (only >= 0) {
        out.number(only).number(onlyCount);
      }
      return;
    }
    int size = 0;
    for (int i = 0; i < things; i++) {
      size += get(i) == 0 ? 0 : 1;
    }
    out.number(size);
    for (int i = 0; i < things; i++) {
      if (get(i) != 0) {
        out.number(i).number(get(i));
      }
    }
  }

  /** Adds what {@link #writeTo} wrote. */
  void addFrom(FactReader in) {
    long size = in.number();
    for (long i = 0; i < size; i++) {
      add((int) in.number(), in.number());
    }
  }
}
