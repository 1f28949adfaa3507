package io.longline.plugins.beacons;

import java.io.IOException;
import java.util.Arrays;

/**
 * Connections of a batch by pair and hour, until there are so many that they go into the part. It
 * begins small, makes no object for a connection, and takes some 10 MB at most. Confined to one
 * thread.
 *
 * <p>Most pairs have one connection and one port: these are in the entry itself.
 */
final class PairTable {

  /** How many pairs and hours it holds. */
  static final int MOST_ENTRIES = 1 << 14;

  /** How many more connections, ports and names of pairs it holds. */
  private static final int MOST_LINKS = 1 << 18;

  /** What an entry may add to the links. */
  private static final int LINKS_AT_ONCE = 4;

  private static final int MOST_KEY_BYTES = 1 << 22;

  /** How many ports and names of a pair and hour are kept, those that come first in order. */
  static final int MOST_LABELS = 20;

  static final int MOST_NAMES = 32;

  /** With so many connections within an hour the times and sizes do not count. */
  static final int STROBE = 86_400;

  private static final long LOW = 0xffffffffL;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final int SMALL = 1 << 8;

  /** The numbers of an entry, one after the other. */
  static final int PLACE = 0;

  static final int FIRST = 1;
  static final int SECOND = 2;
  static final int KEY = 3;
  static final int COUNT = 4;
  static final int DURATION = 5;
  static final int BYTES = 6;
  static final int ROW = 7;
  static final int MORE_ROWS = 8;
  static final int LABELS = 9;
  static final int NAMES = 10;
  static final int MISSING_AND_PROXY = 11;
  static final int FIRST_SECOND = 12;
  static final int NUMBERS = 13;

  private final Labels labels;
  private final TableWriter writer;

  /** Entries, from 1, with some bits of their hashes above; 0 for none. */
  private long[] slots = new long[2 * SMALL];

  private long[] entries = new long[SMALL * NUMBERS];
  private int count;
  private byte[] keys = new byte[SMALL];
  private int keyBytes;

  /** Pairs of a value and the index of the next pair, from 1; 0 ends a list. */
  private long[] links = new long[2 * SMALL];

  private int linkCount;

  /** An empty table, whose entries go to a writer. */
  PairTable(Labels labels, TableWriter writer) {
    this.labels = labels;
    this.writer = writer;
  }

  /**
   * The entry of a pair and hour, a new one if there is none; what is full goes into the part
   * before.
   *
   * @param hour hours since 1970
   */
  int entry(Identity identity, int hour) throws IOException {
    makeRoom();
    long place = Places.of(hour, identity);
    long hash = hash(place, identity.first(), identity.second());
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int entry = (int) slots[slot] - 1;
      if ((slots[slot] ^ hash) >>> Integer.SIZE == 0 && is(entry, identity, place)) {
        return entry;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    int entry = append(identity, place);
    slots[slot] = hash & ~LOW | count;
    if (2 * count > slots.length) {
      rehash();
    }
    return entry;
  }

  private boolean is(int entry, Identity identity, long place) {
    int at = entry * NUMBERS;
    return entries[at + FIRST] == identity.first()
        && entries[at + PLACE] == place
        && entries[at + SECOND] == identity.second()
        && (identity.isNumber() || isKey(entry, identity));
  }

  private boolean isKey(int entry, Identity identity) {
    int start = keyStart(entry);
    return identity.equalsRange(keys, start, start + (int) get(entry, KEY));
  }

  private static long hash(long place, long first, long second) {
    long hash = ((place * FACTOR ^ first) * FACTOR ^ second) * FACTOR;
    return hash ^ hash >>> Integer.SIZE;
  }

  private int append(Identity identity, long place) {
    int entry = count++;
    if (entries.length < count * NUMBERS) {
      entries = Arrays.copyOf(entries, 2 * entries.length);
    }
    Arrays.fill(entries, entry * NUMBERS, count * NUMBERS, 0);
    set(entry, PLACE, place);
    set(entry, FIRST, identity.first());
    set(entry, SECOND, identity.second());
    if (!identity.isNumber()) {
      set(entry, KEY, key(identity.bytes()));
    }
    return entry;
  }

  /** Keeps some bytes; returns their start and length. */
  private long key(ByteSink bytes) {
    int length = bytes.length();
    if (keys.length < keyBytes + length) {
      keys = Arrays.copyOf(keys, Math.max(2 * keys.length, keyBytes + length));
    }
    System.arraycopy(bytes.array(), 0, keys, keyBytes, length);
    keyBytes += length;
    return (long) (keyBytes - length) << Integer.SIZE | length;
  }

  private void rehash() {
    slots = new long[2 * slots.length];
    for (int entry = 0; entry < count; entry++) {
      if (get(entry, COUNT) != 0 || entry == count - 1) {
        long hash = hash(get(entry, PLACE), get(entry, FIRST), get(entry, SECOND));
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = hash & ~LOW | entry + 1L;
      }
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
    // A size takes 48 bits and more is as much; the second takes the rest.
    long row = Math.min(size, BlockWriter.MOST_SIZE) << BlockWriter.SECOND_BITS | second;
    set(entry, COUNT, connections);
    if (connections == 1) {
      set(entry, FIRST_SECOND, second);
      set(entry, DURATION, duration);
      set(entry, BYTES, total);
      set(entry, ROW, row);
      return;
    }
    set(entry, FIRST_SECOND, Math.min(get(entry, FIRST_SECOND), second));
    set(entry, DURATION, Sums.of(get(entry, DURATION), duration));
    set(entry, BYTES, Sums.of(get(entry, BYTES), total));
    if (connections < STROBE) {
      set(entry, MORE_ROWS, link(row, get(entry, MORE_ROWS)));
    }
  }

  /** Adds HTTP requests without a host, and connections by a proxy. */
  void requests(int entry, int missing, int proxy) {
    set(
        entry,
        MISSING_AND_PROXY,
        get(entry, MISSING_AND_PROXY) + ((long) missing << Integer.SIZE) + proxy);
  }

  /** Adds an open connection as an entry of its own. */
  void open(Identity identity, int hour, OpenConnection connection, ByteSink payload)
      throws IOException {
    makeRoom();
    int entry = append(identity, Places.of(hour, identity));
    set(entry, ROW, connection.start());
    connection.writeTo(payload.clear());
    set(entry, BYTES, key(payload));
  }

  /** Adds a port, of which those that come first in order are kept. */
  void label(int entry, int label) {
    long known = get(entry, LABELS);
    if (known == 0) {
      set(entry, LABELS, label + 1L);
    } else if ((known & LOW) != label + 1L) {
      otherLabel(entry, label, known);
    }
  }

  /** The first port is in the entry, the others are in a list. */
  private void otherLabel(int entry, int label, long known) {
    int found = 1;
    int last = 0;
    int greatest = (int) known - 1;
    for (int at = (int) (known >>> Integer.SIZE); at != 0; at = next(at)) {
      int each = (int) value(at);
      if (each == label) {
        return;
      }
      found++;
      if (isAfter(each, greatest)) {
        last = at;
        greatest = each;
      }
    }
    if (found < MOST_LABELS) {
      set(entry, LABELS, link(label, known >>> Integer.SIZE) << Integer.SIZE | known & LOW);
    } else if (isAfter(greatest, label)) {
      if (last == 0) {
        set(entry, LABELS, known & ~LOW | label + 1L);
      } else {
        setValue(last, label);
      }
    }
  }

  private boolean isAfter(int one, int other) {
    return Arrays.compareUnsigned(labels.text(one), labels.text(other)) > 0;
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

  /** The value of a link. */
  long value(int link) {
    return links[2 * (link - 1)];
  }

  private void setValue(int link, long value) {
    links[2 * (link - 1)] = value;
  }

  /** The next link of a list; 0 at its end. */
  int next(int link) {
    return (int) links[2 * (link - 1) + 1];
  }

  /** The number of links in a list. */
  int length(int first) {
    int length = 0;
    for (int at = first; at != 0; at = next(at)) {
      length++;
    }
    return length;
  }

  /** A number of an entry. */
  long get(int entry, int number) {
    return entries[entry * NUMBERS + number];
  }

  private void set(int entry, int number, long value) {
    entries[entry * NUMBERS + number] = value;
  }

  private int keyStart(int entry) {
    return (int) (get(entry, KEY) >>> Integer.SIZE);
  }

  /** Writes the bytes to which a number of an entry refers; none if it is 0. */
  void writeKey(int entry, int number, ByteSink sink) {
    long key = get(entry, number);
    sink.raw(keys, (int) (key >>> Integer.SIZE), (int) key);
  }

  /** How many entries there are. */
  int count() {
    return count;
  }

  private void makeRoom() throws IOException {
    if (count == MOST_ENTRIES
        || linkCount > MOST_LINKS - LINKS_AT_ONCE
        || keyBytes > MOST_KEY_BYTES) {
      flush();
    }
  }

  /** Forgets all labels, after all entries, if there are many: to be called before one is added. */
  void makeRoomForLabel() throws IOException {
    if (labels.areMany()) {
      flush();
      labels.clear();
    }
  }

  /** Puts all entries into the part, and forgets them. */
  void flush() throws IOException {
    writer.write(this);
    Arrays.fill(slots, 0);
    count = 0;
    keyBytes = 0;
    linkCount = 0;
  }
}
