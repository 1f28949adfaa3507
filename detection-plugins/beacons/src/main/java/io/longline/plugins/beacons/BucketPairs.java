package io.longline.plugins.beacons;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The facts of the pairs of one bucket that may be threats, sorted by pair. Confined to one thread.
 */
final class BucketPairs {

  private final LongList items = new LongList();

  /** The numbers of an item. */
  private static final int BLOCK_AND_POSITION = 0;

  private static final int FIRST = 1;
  private static final int HEAD = 2;
  private static final int NEXT = 3;
  private static final int OTHER_AND_PAIR = 4;
  private static final int FLAGS = 5;
  private static final int NUMBERS = 6;

  /** Of an item that is the first one of its pair: behind it are those of the same pair. */
  private static final long IS_FIRST = 1L << 63;

  private static final long LOW = 0xffffffffL;

  private final ByteSource source = new ByteSource(new byte[0], 0);

  private List<PairBlock> blocks = List.of();
  private Kind kind = Kind.SNI;

  /** The first item of each number of a pair, from 1. */
  private int[] heads = {};

  /** Takes a pair: its first item. */
  @FunctionalInterface
  interface PairConsumer {
    void accept(int firstItem) throws IOException;
  }

  /**
   * Begins a bucket.
   *
   * @param newBlocks those that {@link #add} is about
   * @param pairs how many numbers of pairs there are
   */
  void begin(List<PairBlock> newBlocks, Kind newKind, int pairs) {
    blocks = newBlocks;
    kind = newKind;
    items.clear();
    if (heads.length < pairs || heads.length > 8 * pairs) {
      heads = new int[pairs];
    } else {
      Arrays.fill(heads, 0, pairs, 0);
    }
  }

  /**
   * Adds a fact.
   *
   * @param block its index
   * @param position where its flags are
   * @param first its number, or the hash of its outer side
   * @param pair the number of its pair; a pair in the other direction may have the same one
   */
  void add(int block, int position, long first, long head, int pair) {
    int item = items.size() / NUMBERS;
    items.add((long) block << Integer.SIZE | position);
    items.add(first);
    items.add(head);
    items.add(0);
    items.add(pair);
    items.add(blocks.get(block).bytes()[position]);
    for (int other = heads[pair] - 1; other >= 0; other = other(other)) {
      if (isSamePair(other, item)) {
        set(item, NEXT, get(other, NEXT) & ~IS_FIRST);
        set(other, NEXT, IS_FIRST | item + 1L);
        return;
      }
    }
    set(item, NEXT, IS_FIRST);
    set(item, OTHER_AND_PAIR, (long) heads[pair] << Integer.SIZE | pair);
    heads[pair] = item + 1;
  }

  /** The first item of another pair with the same number. */
  private int other(int item) {
    return (int) (get(item, OTHER_AND_PAIR) >>> Integer.SIZE) - 1;
  }

  private boolean isSamePair(int one, int other) {
    if (get(one, FIRST) != get(other, FIRST)
        || (flags(one) & Identity.FLAGS) != (flags(other) & Identity.FLAGS)) {
      return false;
    }
    var first = bytes(one);
    var second = bytes(other);
    int from = position(one) + 1;
    int otherFrom = position(other) + 1;
    return isNumber(one)
        ? isNumber(other)
        : !isNumber(other)
            && Arrays.equals(first, from, identityEnd(one), second, otherFrom, identityEnd(other));
  }

  /** Hands over each pair, in the order of their first facts. */
  void forEach(PairConsumer consumer) throws IOException {
    int count = items.size() / NUMBERS;
    for (int item = 0; item < count; item++) {
      if (get(item, NEXT) < 0) {
        consumer.accept(item);
      }
    }
  }

  /** The next item of the same pair; -1 if there is none. */
  int next(int item) {
    return (int) get(item, NEXT) - 1;
  }

  /** The number of an item's pair, in both directions. */
  int pair(int item) {
    return (int) get(item, OTHER_AND_PAIR);
  }

  /** Whether it is an open connection. */
  boolean isOpen(int item) {
    return (flags(item) & BlockWriter.OPEN) != 0;
  }

  /** Whether it is one connection and nothing else. */
  boolean isSingle(int item) {
    return (flags(item) & BlockWriter.SINGLE) != 0;
  }

  /** The hour of an item, since 1970. */
  int hour(int item) {
    return block(item).hour();
  }

  /** The head of an item. */
  long head(int item) {
    return get(item, HEAD);
  }

  /** A port of an item. */
  String label(int item, int index) {
    return block(item).label(index);
  }

  /** What an item says; the same object each time. */
  ByteSource payload(int item) {
    return source.from(bytes(item), isNumber(item) ? position(item) + 1 : identityEnd(item));
  }

  /** Where the bytes of an identity end that is no number. */
  private int identityEnd(int item) {
    int flags = flags(item);
    source.from(bytes(item), position(item) + 1);
    int outer = kind == Kind.SNI ? source.small() : width(flags, Identity.OUTER_IS_WIDE);
    return source.position() + outer + width(flags, Identity.INNER_IS_WIDE);
  }

  private static int width(int flags, int flag) {
    return (flags & flag) != 0 ? Identity.WIDE_BYTES : Identity.NARROW_BYTES;
  }

  /** Two IPv4 addresses are a number. */
  private boolean isNumber(int item) {
    return kind == Kind.IP
        && (flags(item) & (Identity.OUTER_IS_WIDE | Identity.INNER_IS_WIDE)) == 0;
  }

  /** The pair of an item. */
  PairSides sides(int item) {
    return isNumber(item)
        ? PairSides.of(flags(item), get(item, FIRST))
        : PairSides.of(kind, flags(item), source.from(bytes(item), position(item) + 1));
  }

  /** The hash of the outer side of an item's pair. */
  long outerHash(int item) {
    long first = get(item, FIRST);
    return isNumber(item) ? Hash.ofFour(Identity.outer(first)) : first;
  }

  private int flags(int item) {
    return (int) get(item, FLAGS);
  }

  private PairBlock block(int item) {
    return blocks.get((int) (get(item, BLOCK_AND_POSITION) >>> Integer.SIZE));
  }

  private byte[] bytes(int item) {
    return block(item).bytes();
  }

  private int position(int item) {
    return (int) (get(item, BLOCK_AND_POSITION) & LOW);
  }

  private long get(int item, int number) {
    return items.get(item * NUMBERS + number);
  }

  private void set(int item, int number, long value) {
    items.set(item * NUMBERS + number, value);
  }
}
