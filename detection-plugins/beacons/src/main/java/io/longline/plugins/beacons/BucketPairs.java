package io.longline.plugins.beacons;

import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The facts of the pairs of one bucket, from all batches and hours, sorted by pair. Confined to one
 * thread. A bucket has about the 256th part of the facts of a window.
 */
final class BucketPairs {

  private static final int SMALL = 64;

  /** The bits of a fact's type, and the one that says that it is the first of its pair. */
  private static final int TYPE = 0x7f;

  private static final int FIRST_OF_PAIR = 0x80;

  /** About how many bytes a fact has for each of its pairs, or more. */
  private static final int LEAST_BYTES = 16;

  private final List<byte[]> blocks = new ArrayList<>();

  /** Four numbers for each fact. */
  private final LongList items = new LongList();

  private static final int BLOCK_AND_START = 0;
  private static final int END_AND_PAYLOAD = 1;
  private static final int HOUR_AND_TYPE = 2;
  private static final int NEXT = 3;
  private static final int NUMBERS = 4;

  private final ByteSource payload = new ByteSource(new byte[0], 0);

  /** The first item of each pair, from 1. */
  private int[] slots = new int[SMALL];

  private int pairs;
  private Kind kind = Kind.SNI;

  /** Takes a pair: its first item. */
  @FunctionalInterface
  interface PairConsumer {
    void accept(int firstItem) throws IOException;
  }

  /** Reads the facts of the present key, in place of those before. */
  void read(WindowFacts facts, Kind ofKind) throws IOException {
    blocks.clear();
    items.clear();
    pairs = 0;
    kind = ofKind;
    int bytes = 0;
    while (facts.next()) {
      blocks.add(facts.value());
      bytes += blocks.get(blocks.size() - 1).length;
    }
    slots = new int[Math.max(SMALL, Integer.highestOneBit(bytes / LEAST_BYTES) * 2)];
    for (int i = 0; i < blocks.size(); i++) {
      readBlock(i);
    }
  }

  private void readBlock(int index) {
    var source = new ByteSource(blocks.get(index), 0);
    long hour = source.number();
    while (!source.isAtEnd()) {
      int start = source.position();
      int first = source.octet();
      if (kind == Kind.SNI) {
        int nameLength = source.small();
        source.moveTo(source.position() + nameLength);
      } else {
        source.moveTo(source.position() + width(first, Identity.OUTER_IS_WIDE));
      }
      source.moveTo(source.position() + width(first, Identity.INNER_IS_WIDE));
      int end = source.position();
      int length = source.small();
      items.add((long) index << Integer.SIZE | start);
      items.add((long) end << Integer.SIZE | source.position());
      items.add(hour << Byte.SIZE | first >>> BlockWriter.Type.SHIFT);
      items.add(0);
      source.moveTo(source.position() + length);
      join(items.size() / NUMBERS - 1);
    }
  }

  private static int width(int flags, int flag) {
    return (flags & flag) != 0 ? Identity.WIDE_BYTES : Identity.NARROW_BYTES;
  }

  /** Puts an item among those of its pair. */
  private void join(int item) {
    int slot = (int) hash(item) & (slots.length - 1);
    while (slots[slot] != 0) {
      int head = slots[slot] - 1;
      if (isSamePair(head, item)) {
        set(item, NEXT, get(head, NEXT));
        set(head, NEXT, item + 1L);
        return;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = item + 1;
    set(item, HOUR_AND_TYPE, get(item, HOUR_AND_TYPE) | FIRST_OF_PAIR);
    pairs++;
    if (2 * pairs > slots.length) {
      rehash();
    }
  }

  private void rehash() {
    var before = slots;
    slots = new int[2 * before.length];
    for (int head : before) {
      if (head != 0) {
        int slot = (int) hash(head - 1) & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = head;
      }
    }
  }

  private long hash(int item) {
    return Hash.of(flags(item), Hash.of(block(item), start(item) + 1, end(item)));
  }

  private boolean isSamePair(int one, int other) {
    return flags(one) == flags(other)
        && Arrays.equals(
            block(one), start(one) + 1, end(one), block(other), start(other) + 1, end(other));
  }

  /** Hands over each pair, in the order of their first facts. */
  void forEach(PairConsumer consumer) throws IOException {
    int count = items.size() / NUMBERS;
    for (int item = 0; item < count; item++) {
      if ((get(item, HOUR_AND_TYPE) & FIRST_OF_PAIR) != 0) {
        consumer.accept(item);
      }
    }
  }

  /** The next item of the same pair; -1 if there is none. */
  int next(int item) {
    return (int) get(item, NEXT) - 1;
  }

  /** What an item is about. */
  BlockWriter.Type type(int item) {
    return BlockWriter.Type.of((int) get(item, HOUR_AND_TYPE) & TYPE);
  }

  /** The hour of an item, since 1970. */
  int hour(int item) {
    return (int) (get(item, HOUR_AND_TYPE) >>> Byte.SIZE);
  }

  /** What an item says; the same object each time. */
  ByteSource payload(int item) {
    return payload.from(block(item), (int) get(item, END_AND_PAYLOAD));
  }

  /** The pair of an item. */
  PairSides sides(int item) {
    return PairSides.of(
        kind, flags(item), Arrays.copyOfRange(block(item), start(item) + 1, end(item)));
  }

  /** The hash of the outer side of an item's pair. */
  long outerHash(int item) {
    int from = start(item) + 1;
    int to = end(item) - width(flags(item), Identity.INNER_IS_WIDE);
    return Hash.of(block(item), from, to);
  }

  /** The hash of both sides of an item's pair, which does not depend on who began. */
  long sidesHash(int item) {
    return Hash.of(block(item), start(item) + 1, end(item));
  }

  private int flags(int item) {
    return block(item)[start(item)] & Identity.FLAGS;
  }

  private byte[] block(int item) {
    return blocks.get((int) (get(item, BLOCK_AND_START) >>> Integer.SIZE));
  }

  private int start(int item) {
    return (int) get(item, BLOCK_AND_START);
  }

  private int end(int item) {
    return (int) (get(item, END_AND_PAYLOAD) >>> Integer.SIZE);
  }

  private long get(int item, int number) {
    return items.get(item * NUMBERS + number);
  }

  private void set(int item, int number, long value) {
    items.set(item * NUMBERS + number, value);
  }
}
