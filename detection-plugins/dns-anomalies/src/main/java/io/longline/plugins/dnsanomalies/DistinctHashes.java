package io.longline.plugins.dnsanomalies;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts different hashes: exactly up to a number, beyond it by an estimate. The count depends on
 * the hashes alone, not on the order in which they were added and sets were joined. Confined to one
 * thread.
 */
final class DistinctHashes {

  private static final int FIRST_SLOTS = 4;
  private static final long[] NO_SLOTS = {};

  private final int mostExact;

  /** The hashes, each in the first free slot from the one that its low bits say; 0 is free. */
  private long[] slots = NO_SLOTS;

  /** The hash of a set of one, for which there are no slots yet. */
  private long only;

  private int size;
  private @Nullable HyperLogLog estimate;

  /**
   * An empty set.
   *
   * @param mostExact up to how many hashes the count is exact
   */
  DistinctHashes(int mostExact) {
    this.mostExact = mostExact;
  }

  void add(long anyHash) {
    // No slot can hold 0: it counts as the same hash as 1.
    long hash = anyHash == 0 ? 1 : anyHash;
    if (estimate != null) {
      estimate.add(hash);
      return;
    }
    if (slots.length == 0 && (size == 0 || only == hash)) {
      only = hash;
      size = 1;
      return;
    }
    if (size * 2 >= slots.length) {
      grow(size + 1);
    }
    if (insert(hash) && ++size > mostExact) {
      estimate();
    }
  }

  private void grow(int most) {
    int needed = Math.max(FIRST_SLOTS, Integer.highestOneBit(most) * 4);
    if (needed <= slots.length) {
      return;
    }
    var old = hashes();
    slots = new long[needed];
    for (long hash : old) {
      insert(hash);
    }
  }

  private boolean insert(long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = hash;
    return true;
  }

  /** Counts by an estimate from now on. */
  private HyperLogLog estimate() {
    if (estimate != null) {
      return estimate;
    }
    var all = new HyperLogLog();
    for (long hash : hashes()) {
      all.add(hash);
    }
    estimate = all;
    slots = NO_SLOTS;
    size = 0;
    return all;
  }

  void addAll(DistinctHashes other) {
    if (other.estimate == null) {
      for (long hash : other.hashes()) {
        add(hash);
      }
      return;
    }
    estimate().addAll(other.estimate);
  }

  long count() {
    return estimate == null ? size : estimate.estimate();
  }

  /** The bytes that it needs in memory, apart from its object. */
  int memory() {
    return estimate == null ? slots.length * Long.BYTES : HyperLogLog.REGISTERS;
  }

  /** The number of hashes and the hashes in order; or one more than any number, and registers. */
  void writeTo(FactWriter out) {
    if (estimate != null) {
      out.number(mostExact + 1L).bytes(estimate.registers());
      return;
    }
    out.number(size);
    if (slots.length == 0 && size == 1) {
      out.word(only);
      return;
    }
    var sorted = hashes();
    Arrays.sort(sorted);
    for (long hash : sorted) {
      out.word(hash);
    }
  }

  /** The hashes, while the count is exact. */
  private long[] hashes() {
    var hashes = new long[size];
    if (slots.length == 0 && size == 1) {
      hashes[0] = only;
      return hashes;
    }
    int count = 0;
    for (long hash : slots) {
      if (hash != 0) {
        hashes[count++] = hash;
      }
    }
    return hashes;
  }

  /** Adds what {@link #writeTo} wrote for a set with the same exact number. */
  void addFrom(FactReader in) {
    long count = in.number();
    if (count > mostExact) {
      estimate().addAll(new HyperLogLog(in.bytes(HyperLogLog.REGISTERS)));
      return;
    }
    if (estimate == null && count > 1) {
      grow(Math.max(size, (int) count));
    }
    for (long i = 0; i < count; i++) {
      add(in.word());
    }
  }
}
