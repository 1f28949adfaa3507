package io.longline.plugins.beacons;

import java.util.Arrays;

/**
 * What the heads of pairs add up to, by the hash of both sides, whoever began: at least as much as
 * the pair has, so that a pair which stays below each threshold needs no further look. Confined to
 * one thread; used for one bucket after the other.
 */
final class PairSums {

  private static final int SMALL = 256;

  /** The pair has connections that have ended, or another reason to be counted as a host. */
  private static final long IS_HOST = 1L << 63;

  /** The pair has an open connection, of which a head says little. */
  private static final long IS_OPEN = 1L << 62;

  private static final int UNIQUE_SHIFT = 48;
  private static final int COUNT_SHIFT = 28;
  private static final long MOST_UNIQUE = (1 << 14) - 1;
  private static final long MOST_COUNT = (1 << 20) - 1;
  private static final long MOST_DURATION = PairHead.MOST_DURATION;

  private final long leastUnique;
  private final long leastCount;
  private final double leastDuration;

  private int[] slots = new int[2 * SMALL];
  private long[] hashes = new long[SMALL];
  private long[] sums = new long[SMALL];
  private int count;

  /** Sums that are compared with the thresholds of some rules. */
  PairSums(ThreatRules rules) {
    this.leastUnique = Math.min(rules.beacon().leastTimes(), MOST_UNIQUE);
    this.leastCount = Math.min(rules.strobe().connections(), MOST_COUNT);
    this.leastDuration = Math.min(rules.longBucket().base(), MOST_DURATION);
  }

  /** Forgets all pairs. */
  void clear() {
    if (slots.length > 8 * SMALL && slots.length > 8 * count) {
      slots = new int[2 * SMALL];
      hashes = new long[SMALL];
      sums = new long[SMALL];
    } else {
      Arrays.fill(slots, 0);
    }
    count = 0;
  }

  /** The number of a pair by its hash, from 0, a new one if it was not asked for before. */
  int pair(long hash) {
    int slot = (int) (hash >>> Integer.SIZE) & (slots.length - 1);
    while (slots[slot] != 0) {
      int pair = slots[slot] - 1;
      if (hashes[pair] == hash) {
        return pair;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (count == hashes.length) {
      grow();
      return pair(hash);
    }
    hashes[count] = hash;
    sums[count] = 0;
    slots[slot] = ++count;
    return count - 1;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * count);
    sums = Arrays.copyOf(sums, 2 * count);
    slots = new int[4 * count];
    for (int pair = 0; pair < count; pair++) {
      int slot = (int) (hashes[pair] >>> Integer.SIZE) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = pair + 1;
    }
  }

  /** Adds what a head says; returns whether the pair is a host that was not counted before. */
  boolean add(int pair, long head) {
    long before = sums[pair];
    if (PairHead.isOpen(head)) {
      sums[pair] = before | IS_OPEN;
      return false;
    }
    int unique = PairHead.unique(head);
    int connections = PairHead.count(head);
    sums[pair] =
        before & IS_OPEN
            | IS_HOST
            | sum(
                    unique(before),
                    unique == PairHead.MOST_UNIQUE ? MOST_UNIQUE : unique,
                    MOST_UNIQUE)
                << UNIQUE_SHIFT
            | sum(
                    connections(before),
                    connections == PairHead.MOST_COUNT ? MOST_COUNT : connections,
                    MOST_COUNT)
                << COUNT_SHIFT
            | sum(before & MOST_DURATION, PairHead.duration(head), MOST_DURATION);
    return before >= 0;
  }

  private static long sum(long one, long other, long most) {
    return Math.min(one + other, most);
  }

  private static long unique(long sums) {
    return sums >>> UNIQUE_SHIFT & MOST_UNIQUE;
  }

  private static long connections(long sums) {
    return sums >>> COUNT_SHIFT & MOST_COUNT;
  }

  /** Counts a pair as a host; returns whether it was not counted before. */
  boolean addHost(int pair) {
    long before = sums[pair];
    sums[pair] = before | IS_HOST;
    return before >= 0;
  }

  /** Whether a pair may be a threat. */
  boolean mayBeThreat(int pair) {
    long each = sums[pair];
    return (each & IS_OPEN) != 0
        || unique(each) >= leastUnique
        || connections(each) >= leastCount
        || (each & MOST_DURATION) >= leastDuration;
  }

  /** How many pairs there are. */
  int count() {
    return count;
  }
}
