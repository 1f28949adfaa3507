package io.longline.plugins.beacons;

import io.longline.api.Part;
import java.io.IOException;
import java.util.Arrays;

/**
 * Connections of a batch by pair and hour, until there are so many that they go into the part. It
 * begins small, makes no object for a connection, and takes some 15 MB at most. Confined to one
 * thread.
 */
final class PairTable {

  /** How many pairs and hours it holds. */
  static final int MOST_ENTRIES = 1 << 14;

  /** How many connections, and how many ports and names of pairs, it holds. */
  private static final int MOST_LINKS = 1 << 18;

  /** What an entry may add to the links beside its first connection. */
  private static final int MOST_KEY_BYTES = 1 << 22;

  /** How many ports and names of a pair and hour are kept, those that come first in order. */
  static final int MOST_LABELS = 20;

  static final int MOST_NAMES = 32;

  /** With so many connections within an hour the times and sizes do not count. */
  static final int STROBE = 86_400;

  private static final int INDEX_BITS = 20;
  private static final long LOW = 0xffffffffL;
  private static final int SMALL = 1 << 8;

  /** The numbers of an entry, one after the other. */
  private static final int HASH = 0;

  private static final int HOUR_AND_BUCKET = 1;
  private static final int KEY = 2;
  private static final int COUNT = 3;
  private static final int MISSING_AND_PROXY = 4;
  private static final int DURATION = 5;
  private static final int BYTES = 6;
  private static final int ROWS = 7;
  private static final int LABELS = 8;
  private static final int NAMES = 9;
  private static final int FIRST = 10;
  private static final int NUMBERS = 11;

  private final Labels labels;
  private final Part part;
  private final BlockWriter blocks;

  private int[] slots = new int[2 * SMALL];
  private long[] entries = new long[SMALL * NUMBERS];
  private int count;
  private byte[] keys = new byte[SMALL * 16];
  private int keyBytes;

  /** Pairs of a value and the index of the next pair, from 1; 0 ends a list. */
  private long[] links = new long[2 * SMALL];

  private int linkCount;

  /** An empty table, whose entries go into a part. */
  PairTable(Labels labels, Part part) {
    this.labels = labels;
    this.part = part;
    this.blocks = new BlockWriter(labels);
  }

  /**
   * The entry of a pair and hour, a new one if there is none; what is full goes into the part
   * before.
   *
   * @param hour hours since 1970
   */
  int entry(Identity identity, int hour) throws IOException {
    if (isFull()) {
      flush();
    }
    long place = (long) hour << Integer.SIZE | identity.bucket();
    long hash = Hash.of(place, identity.hash());
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (get(entry, HASH) == hash
          && get(entry, HOUR_AND_BUCKET) == place
          && isKey(entry, identity)) {
        return entry;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return insert(identity, place, hash, slot);
  }

  private boolean isKey(int entry, Identity identity) {
    int start = keyStart(entry);
    return identity.equalsRange(keys, start, start + keyLength(entry));
  }

  private int insert(Identity identity, long place, long hash, int slot) {
    int entry = count++;
    if (entries.length < count * NUMBERS) {
      entries = Arrays.copyOf(entries, 2 * entries.length);
    }
    int length = identity.bytes().length();
    if (keys.length < keyBytes + length) {
      keys = Arrays.copyOf(keys, Math.max(2 * keys.length, keyBytes + length));
    }
    System.arraycopy(identity.bytes().array(), 0, keys, keyBytes, length);
    Arrays.fill(entries, entry * NUMBERS, count * NUMBERS, 0);
    set(entry, HASH, hash);
    set(entry, HOUR_AND_BUCKET, place);
    set(entry, KEY, (long) keyBytes << Integer.SIZE | length);
    keyBytes += length;
    slots[slot] = entry + 1;
    if (2 * count > slots.length) {
      rehash();
    }
    return entry;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < count; entry++) {
      int slot = (int) get(entry, HASH) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = entry + 1;
    }
  }

  /**
   * Adds a connection to an entry.
   *
   * @param second within the hour
   * @param size the bytes of the originator
   * @param total the bytes of both
   * @param duration in microseconds
   */
  void connection(int entry, int second, long size, long total, long duration) {
    long connections = get(entry, COUNT) + 1;
    set(entry, FIRST, connections == 1 ? second : Math.min(get(entry, FIRST), second));
    set(entry, COUNT, connections);
    set(entry, DURATION, Sums.of(get(entry, DURATION), duration));
    set(entry, BYTES, Sums.of(get(entry, BYTES), total));
    if (connections < STROBE) {
      // A size takes 48 bits and more is as much; the second takes the rest.
      set(
          entry,
          ROWS,
          link(Math.min(size, BlockWriter.MOST_SIZE) << 12 | second, get(entry, ROWS)));
    }
  }

  /** Adds HTTP requests without a host, and connections by a proxy. */
  void requests(int entry, int missing, int proxy) {
    set(
        entry,
        MISSING_AND_PROXY,
        get(entry, MISSING_AND_PROXY) + ((long) missing << Integer.SIZE) + proxy);
  }

  /** Adds a port, of which those that come first in order are kept. */
  void label(int entry, int label) {
    int found = 0;
    int last = 0;
    for (int at = (int) get(entry, LABELS); at != 0; at = next(at)) {
      int each = (int) value(at);
      if (each == label) {
        return;
      }
      found++;
      if (last == 0
          || Arrays.compareUnsigned(labels.text(each), labels.text((int) value(last))) > 0) {
        last = at;
      }
    }
    if (found < MOST_LABELS) {
      set(entry, LABELS, link(label, get(entry, LABELS)));
    } else if (Arrays.compareUnsigned(labels.text(label), labels.text((int) value(last))) < 0) {
      setValue(last, label);
    }
  }

  /** Adds the hash of a name, of which the least are kept. */
  void name(int entry, long hash) {
    int found = 0;
    int last = 0;
    for (int at = (int) get(entry, NAMES); at != 0; at = next(at)) {
      if (value(at) == hash) {
        return;
      }
      found++;
      if (last == 0 || value(at) > value(last)) {
        last = at;
      }
    }
    if (found < MOST_NAMES) {
      set(entry, NAMES, link(hash, get(entry, NAMES)));
    } else if (hash < value(last)) {
      setValue(last, hash);
    }
  }

  private long link(long value, long next) {
    if (links.length < 2 * (linkCount + 1)) {
      links = Arrays.copyOf(links, 2 * links.length);
    }
    links[2 * linkCount] = value;
    links[2 * linkCount + 1] = next;
    linkCount++;
    return linkCount;
  }

  private long value(int link) {
    return links[2 * (link - 1)];
  }

  private void setValue(int link, long value) {
    links[2 * (link - 1)] = value;
  }

  private int next(int link) {
    return (int) links[2 * (link - 1) + 1];
  }

  private long get(int entry, int number) {
    return entries[entry * NUMBERS + number];
  }

  private void set(int entry, int number, long value) {
    entries[entry * NUMBERS + number] = value;
  }

  private int keyStart(int entry) {
    return (int) (get(entry, KEY) >>> Integer.SIZE);
  }

  private int keyLength(int entry) {
    return (int) (get(entry, KEY) & LOW);
  }

  private boolean isFull() {
    return count == MOST_ENTRIES || linkCount > MOST_LINKS - 3 || keyBytes > MOST_KEY_BYTES;
  }

  /** Forgets all labels, after all entries, if there are many: to be called before one is added. */
  void makeRoomForLabel() throws IOException {
    if (labels.areMany()) {
      flush();
      labels.clear();
    }
  }

  /** Puts all entries into the part, those of an hour and a bucket together, and forgets them. */
  void flush() throws IOException {
    for (long each : ordered()) {
      int entry = (int) (each & ((1 << INDEX_BITS) - 1));
      long place = get(entry, HOUR_AND_BUCKET);
      blocks.at((int) (place >>> Integer.SIZE), (int) (place & LOW), part);
      blocks.begin(keys, keyStart(entry), keyLength(entry));
      blocks.sums(
          get(entry, COUNT),
          get(entry, MISSING_AND_PROXY),
          get(entry, DURATION),
          get(entry, BYTES),
          get(entry, FIRST));
      write(entry);
      blocks.end();
    }
    blocks.flush(part);
    Arrays.fill(slots, 0);
    count = 0;
    keyBytes = 0;
    linkCount = 0;
  }

  /** Their indexes, in the order of hours and buckets. */
  private long[] ordered() {
    var order = new long[count];
    for (int entry = 0; entry < count; entry++) {
      long place = get(entry, HOUR_AND_BUCKET);
      long rank = (place >>> Integer.SIZE) << (Integer.SIZE / 2) | (place & LOW);
      order[entry] = rank << INDEX_BITS | entry;
    }
    Arrays.sort(order);
    return order;
  }

  private void write(int entry) {
    for (int at = (int) get(entry, LABELS); at != 0; at = next(at)) {
      blocks.label((int) value(at));
    }
    for (int at = (int) get(entry, NAMES); at != 0; at = next(at)) {
      blocks.name(value(at));
    }
    if (get(entry, COUNT) < STROBE) {
      for (int at = (int) get(entry, ROWS); at != 0; at = next(at)) {
        blocks.row(value(at));
      }
    }
  }
}
