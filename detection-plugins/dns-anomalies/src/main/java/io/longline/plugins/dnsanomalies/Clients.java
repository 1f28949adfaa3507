package io.longline.plugins.dnsanomalies;

import java.util.Arrays;

/**
 * The clients that asked for something, with the number of their queries: all of them up to {@value
 * #MOST}, of more those with the least hashes, from which their number is estimated (with a
 * standard error of 6%). Which ones are kept depends on the clients alone, not on the order in
 * which they were added: one of the least hashes of all is one of the least of each part. Confined
 * to one thread.
 */
final class Clients {

  static final int MOST = 256;

  private static final int FIRST_SLOTS = 4;
  private static final long[] NO_SLOTS = {};

  /** Adding to a hash makes numbers without a sign comparable. */
  private static final long UNSIGNED = Long.MIN_VALUE;

  private static final double HASHES = 0x1p64;

  /** In slots by the low bits of the hash; a free slot has no queries. */
  private long[] high = NO_SLOTS;

  private long[] low = NO_SLOTS;
  private long[] queries = NO_SLOTS;
  private int size;

  /** The client of a set of one, for which there are no slots yet. */
  private long onlyHigh;

  private long onlyLow;
  private long onlyQueries;

  /** Clients of greater hashes are not kept, compared as numbers without a sign. */
  private long greatest = -1;

  /** Whether there were more than are kept. */
  private boolean isPart;

  private static long hash(long high, long low) {
    // The finalizer of SplitMix64, which mixes all bits.
    long hash = high * 0x9e3779b97f4a7c15L ^ low;
    hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
    return hash ^ hash >>> 31;
  }

  /** Adds queries of a client, by the halves of its IPv6 address, or of one that maps IPv4. */
  void add(long highHalf, long lowHalf, long number) {
    if (queries.length == 0 && (size == 0 || onlyHigh == highHalf && onlyLow == lowHalf)) {
      onlyHigh = highHalf;
      onlyLow = lowHalf;
      onlyQueries += number;
      size = 1;
      return;
    }
    long hash = hash(highHalf, lowHalf);
    if (hash + UNSIGNED > greatest + UNSIGNED) {
      return;
    }
    useSlots();
    if (size * 2 >= queries.length) {
      resize(queries.length * 2);
    }
    if (insert(hash, highHalf, lowHalf, number) && ++size > 2 * MOST) {
      prune();
    }
  }

  private void useSlots() {
    if (queries.length == 0) {
      resize(FIRST_SLOTS);
      if (size == 1) {
        insert(hash(onlyHigh, onlyLow), onlyHigh, onlyLow, onlyQueries);
      }
    }
  }

  private boolean insert(long hash, long highHalf, long lowHalf, long number) {
    int mask = queries.length - 1;
    int slot = (int) hash & mask;
    while (queries[slot] != 0) {
      if (low[slot] == lowHalf && high[slot] == highHalf) {
        queries[slot] += number;
        return false;
      }
      slot = (slot + 1) & mask;
    }
    high[slot] = highHalf;
    low[slot] = lowHalf;
    queries[slot] = number;
    return true;
  }

  private void resize(int slots) {
    var oldHigh = high;
    var oldLow = low;
    var oldQueries = queries;
    high = new long[slots];
    low = new long[slots];
    queries = new long[slots];
    for (int i = 0; i < oldQueries.length; i++) {
      long hash = hash(oldHigh[i], oldLow[i]);
      if (oldQueries[i] != 0 && hash + UNSIGNED <= greatest + UNSIGNED) {
        insert(hash, oldHigh[i], oldLow[i], oldQueries[i]);
      }
    }
  }

  /** Drops all but those with the least hashes. */
  private void prune() {
    if (size > MOST) {
      greatest = hashes()[MOST - 1];
      isPart = true;
      resize(queries.length);
      size = MOST;
    }
  }

  /** Sorted as numbers without a sign. */
  private long[] hashes() {
    var hashes = new long[size];
    int count = 0;
    for (int i = 0; i < queries.length; i++) {
      if (queries[i] != 0) {
        hashes[count++] = hash(high[i], low[i]) + UNSIGNED;
      }
    }
    Arrays.sort(hashes);
    for (int i = 0; i < size; i++) {
      hashes[i] -= UNSIGNED;
    }
    return hashes;
  }

  /** How many clients there were. */
  long count() {
    prune();
    if (!isPart) {
      return size;
    }
    // The least of n random numbers divide their range into n + 1 parts that are equal on average.
    return Math.round((MOST - 1) / (unsigned(hashes()[size - 1]) / HASHES));
  }

  private static double unsigned(long hash) {
    return (hash >>> 1) * 2.0 + 1;
  }

  /**
   * The address of the client with the most queries, of several the one with the least address; no
   * bytes if there were none, or more than are kept.
   */
  byte[] most() {
    prune();
    useSlots();
    int best = -1;
    for (int i = 0; i < queries.length && !isPart; i++) {
      if (queries[i] != 0 && (best < 0 || isBefore(i, best))) {
        best = i;
      }
    }
    return best < 0 ? new byte[0] : ClientAddress.bytes(high[best], low[best]);
  }

  private boolean isBefore(int one, int other) {
    if (queries[one] != queries[other]) {
      return queries[one] > queries[other];
    }
    int order = Long.compareUnsigned(high[one], high[other]);
    return (order == 0 ? Long.compareUnsigned(low[one], low[other]) : order) < 0;
  }

  /** The bytes that it needs in memory, apart from its object. */
  int memory() {
    return queries.length * 3 * Long.BYTES;
  }

  /** The clients, sorted by their hashes. */
  void writeTo(FactWriter out) {
    prune();
    out.number(isPart ? 1 : 0).number(size);
    if (queries.length == 0) {
      writeOnly(out);
      return;
    }
    for (long hash : hashes()) {
      int slot = (int) hash & (queries.length - 1);
      while (hash(high[slot], low[slot]) != hash || queries[slot] == 0) {
        slot = (slot + 1) & (queries.length - 1);
      }
      out.number(high[slot]).number(low[slot]).number(queries[slot]);
    }
  }

  private void writeOnly(FactWriter out) {
    if (size == 1) {
      out.number(onlyHigh).number(onlyLow).number(onlyQueries);
    }
  }

  /** Adds what {@link #writeTo} wrote. */
  void addFrom(FactReader in) {
    isPart |= in.number() != 0;
    long count = in.number();
    for (long i = 0; i < count; i++) {
      add(in.number(), in.number(), in.number());
    }
  }
}
