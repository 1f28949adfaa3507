package io.longline.plugins.beacons;

import java.util.Arrays;

/** Some hashes, of which there may be millions. Bounded; confined to one thread. */
final class LongSet {

  private static final int MOST = 1 << 22;

  private long[] slots = new long[64];
  private int count;

  /** Adds a hash, unless there are four millions; returns whether it is new. */
  boolean add(long hash) {
    long each = hash == 0 ? 1 : hash;
    if (count == MOST || !insert(each)) {
      return false;
    }
    if (2 * count > slots.length) {
      var before = slots;
      slots = new long[2 * before.length];
      count = 0;
      for (long old : before) {
        if (old != 0) {
          insert(old);
        }
      }
    }
    return true;
  }

  /** Removes all. */
  void clear() {
    if (count > 0) {
      Arrays.fill(slots, 0);
      count = 0;
    }
  }

  private boolean insert(long hash) {
    int slot = slot(hash);
    if (slots[slot] == hash) {
      return false;
    }
    slots[slot] = hash;
    count++;
    return true;
  }

  private int slot(long hash) {
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** Whether a hash was added. */
  boolean contains(long hash) {
    long each = hash == 0 ? 1 : hash;
    return slots[slot(each)] == each;
  }
}
