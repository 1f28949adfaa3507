package io.longline.plugins.beacons;

import java.util.Arrays;

/**
 * How many internal hosts spoke to each name or external address of a part of them, and when the
 * first did. Sides are known by hashes of 64 bits. Confined to one thread.
 */
final class OuterSides {

  private static final int SMALL = 64;
  private static final int MOST_KEPT = 1 << 16;
  private static final long LOW = 0xffffffffL;

  /** Of each side its hash, 0 for none, and behind it the hosts and the first second. */
  private long[] sides = new long[2 * SMALL];

  private int count;

  /**
   * Adds a pair of a side.
   *
   * @param isNewHost whether it is of the window, and its internal host was not added before
   * @param firstSecond since 1970, with 32 bits
   */
  void add(long hash, boolean isNewHost, long firstSecond) {
    int place = place(hash);
    long before = sides[place + 1];
    sides[place + 1] =
        (before & ~LOW) + (isNewHost ? 1L << Integer.SIZE : 0)
            | Math.min(before & LOW, firstSecond);
  }

  /** The place of a side, which is new if it was not added before. */
  private int place(long hash) {
    long each = hash == 0 ? 1 : hash;
    int place = search(each);
    if (sides[place] == each) {
      return place;
    }
    if (8 * (count + 1) > 3 * sides.length) {
      grow();
      place = search(each);
    }
    sides[place] = each;
    sides[place + 1] = LOW;
    count++;
    return place;
  }

  private int search(long hash) {
    int place = (int) (hash >>> Integer.SIZE) * 2 & (sides.length - 1);
    while (sides[place] != 0 && sides[place] != hash) {
      place = (place + 2) & (sides.length - 1);
    }
    return place;
  }

  private void grow() {
    var before = sides;
    sides = new long[2 * before.length];
    for (int old = 0; old < before.length; old += 2) {
      if (before[old] != 0) {
        int place = search(before[old]);
        sides[place] = before[old];
        sides[place + 1] = before[old + 1];
      }
    }
  }

  /** Adds a host of the window to a side. */
  void addHost(long hash) {
    sides[place(hash) + 1] += 1L << Integer.SIZE;
  }

  /** How many hosts of the window spoke to a side. */
  long hosts(long hash) {
    return sides[place(hash) + 1] >>> Integer.SIZE;
  }

  /** When one did first, in seconds. */
  long first(long hash) {
    return sides[place(hash) + 1] & LOW;
  }

  /** Forgets all. */
  void clear() {
    if (count == 0) {
      return;
    }
    if (sides.length > MOST_KEPT && sides.length > 8 * count) {
      sides = new long[2 * SMALL];
    } else {
      Arrays.fill(sides, 0);
    }
    count = 0;
  }
}
