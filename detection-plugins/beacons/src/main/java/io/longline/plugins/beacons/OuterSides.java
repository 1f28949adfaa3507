package io.longline.plugins.beacons;

import java.util.Arrays;

/**
 * How many internal hosts spoke to each name or external address of a part of them, and when the
 * first did. Sides are known by hashes of 64 bits. Confined to one thread.
 */
final class OuterSides {

  private static final int SMALL = 64;

  private long[] hashes = new long[SMALL];
  private long[] hosts = new long[SMALL];
  private long[] firsts = new long[SMALL];
  private int count;

  /**
   * The place of a side, which is new if it was not asked for before; until the next one is new.
   */
  int place(long hash) {
    long each = hash == 0 ? 1 : hash;
    int slot = slot(each);
    if (hashes[slot] == each) {
      return slot;
    }
    if (2 * (count + 1) > hashes.length) {
      grow();
      slot = slot(each);
    }
    hashes[slot] = each;
    firsts[slot] = Long.MAX_VALUE;
    count++;
    return slot;
  }

  private int slot(long hash) {
    int slot = (int) hash & (hashes.length - 1);
    while (hashes[slot] != 0 && hashes[slot] != hash) {
      slot = (slot + 1) & (hashes.length - 1);
    }
    return slot;
  }

  private void grow() {
    var before = hashes;
    var oldHosts = hosts;
    var oldFirsts = firsts;
    hashes = new long[2 * before.length];
    hosts = new long[hashes.length];
    firsts = new long[hashes.length];
    for (int old = 0; old < before.length; old++) {
      if (before[old] != 0) {
        int slot = slot(before[old]);
        hashes[slot] = before[old];
        hosts[slot] = oldHosts[old];
        firsts[slot] = oldFirsts[old];
      }
    }
  }

  /**
   * Adds a pair of the side.
   *
   * @param isNewHost whether it is of the window, and its internal host was not added before
   */
  void add(int place, boolean isNewHost, long firstSecond) {
    hosts[place] += isNewHost ? 1 : 0;
    firsts[place] = Math.min(firsts[place], firstSecond);
  }

  /** How many hosts of the window spoke to it. */
  long hosts(int place) {
    return hosts[place];
  }

  /** When one did first, in seconds. */
  long first(int place) {
    return firsts[place];
  }

  /** Forgets all. */
  void clear() {
    Arrays.fill(hashes, 0);
    Arrays.fill(hosts, 0);
    count = 0;
  }
}
