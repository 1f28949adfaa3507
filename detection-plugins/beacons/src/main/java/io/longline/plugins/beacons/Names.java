package io.longline.plugins.beacons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers names of servers. Bounded; confined to one thread. */
final class Names {

  /** The number of a name that there was no room for. */
  static final int NONE = -1;

  private static final int MOST = 200_000;
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final int SMALL = 64;

  private final List<byte[]> names = new ArrayList<>();
  private int[] slots = new int[SMALL];
  private int bytes;
  private long leftOut;

  /** The number of a name, from 0. */
  int id(byte[] name) {
    long hash = Hash.of(name, 0, name.length);
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0) {
      if (Arrays.equals(names.get(slots[slot] - 1), name)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (names.size() == MOST || bytes + name.length > MOST_BYTES) {
      leftOut++;
      return NONE;
    }
    names.add(name);
    bytes += name.length;
    slots[slot] = names.size();
    if (2 * names.size() > slots.length) {
      grow();
    }
    return names.size() - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      int slot = (int) Hash.of(name, 0, name.length) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }

  /** A name; not to be changed. */
  byte[] name(int id) {
    return names.get(id);
  }

  /** How many records had a name that there was no room for. */
  long leftOut() {
    return leftOut;
  }
}
