package io.longline.plugins.beacons;

import io.longline.api.Part;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Writes facts: blocks of pairs of one hour and one place. Confined to one thread.
 *
 * <p>A block is the hour, the number of pairs that are a number, and that of the others; the {@link
 * Identity#first} of all pairs, the {@link PairHead} of all, the {@link Identity#second} of those
 * that are no number. That is all that most pairs are asked for. Then comes, with the length of all
 * that before it, for each pair the length of what follows, and its flags with those here; the
 * bytes of its {@link Identity}; and if it is {@link #SINGLE} the duration in microseconds, the
 * bytes of both and of the originator, and the index of its port. Otherwise connections, duration,
 * requests without a host, connections by a proxy, bytes; indexes of ports; hashes of names; unless
 * there are too many for a beacon, the sizes and the seconds, each as differences in ascending
 * order. For one that is {@link #OPEN} it is an {@link OpenConnection}. The ports are at the end,
 * each once.
 */
final class BlockWriter {

  /** The flag of a connection that was open. */
  static final int OPEN = 0x10;

  /** The flag of one connection without a name. */
  static final int SINGLE = 0x20;

  /** How many numbers a pair has before its ports. */
  static final int NUMBERS_OF_SEVERAL = 5;

  /** How many numbers it has before its port if it is {@link #SINGLE}. */
  static final int NUMBERS_OF_SINGLE = 3;

  /** A greater size counts as this one. */
  static final long MOST_SIZE = (1L << 48) - 1;

  /** The bits of a row that are its second within the hour. */
  static final int SECOND_BITS = 12;

  private static final int SECOND = (1 << SECOND_BITS) - 1;
  private static final int BLOCK_BYTES = 256 * 1024;
  private static final long HOUR = TimeUnit.HOURS.toMicros(1);
  private static final int SMALL = 64;

  private final BlockLabels labels;
  private final ByteSink block = new ByteSink();
  private final ByteSink details = new ByteSink();
  private final ByteSink pair = new ByteSink();

  private int hour;
  private byte[] key = {};

  private int numbers;
  private int count;
  private long[] firsts = new long[SMALL];
  private long[] heads = new long[SMALL];
  private long[] seconds = new long[SMALL];

  private long[] rows = new long[SMALL];
  private int rowCount;
  private int unique;

  /** Writes pairs with these ports. */
  BlockWriter(Labels labels) {
    this.labels = new BlockLabels(labels);
  }

  /** Says where the next pairs belong; what was written before has gone into the part. */
  void at(int newHour, byte[] newKey) {
    hour = newHour;
    key = newKey;
  }

  /** Whether the block should go into the part. */
  boolean isFull() {
    return details.length() + count * 3 * Long.BYTES > BLOCK_BYTES;
  }

  /**
   * Begins a pair; those that are numbers come first.
   *
   * @param flags of the identity, and those here
   */
  ByteSink begin(int flags) {
    return pair.clear().octet(flags);
  }

  /** The index of a port in this block. */
  int label(int id) {
    return labels.index(id);
  }

  /** Forgets the connections of the pair before. */
  void clearRows() {
    rowCount = 0;
  }

  /** One of its connections: size and second. */
  void row(long sizeAndSecond) {
    if (rowCount == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rowCount);
    }
    rows[rowCount++] = sizeAndSecond;
  }

  /** Writes sizes, and then seconds, each as the differences of sorted ones. */
  void writeRows() {
    Arrays.sort(rows, 0, rowCount);
    long before = 0;
    for (int i = 0; i < rowCount; i++) {
      long size = rows[i] >>> SECOND_BITS;
      pair.number(size - before);
      before = size;
      rows[i] &= SECOND;
    }
    Arrays.sort(rows, 0, rowCount);
    before = 0;
    unique = 0;
    for (int i = 0; i < rowCount; i++) {
      unique += i == 0 || rows[i] > before ? 1 : 0;
      pair.number(rows[i] - before);
      before = rows[i];
    }
  }

  /** In how many different seconds the connections began that were written. */
  int unique() {
    return unique;
  }

  /** Ends a pair that is a number. */
  void endNumber(long number, long head) {
    numbers++;
    end(number, head);
  }

  /** Ends a pair that has hashes. */
  void endHashes(long outer, long inner, long head) {
    if (seconds.length == count - numbers) {
      seconds = Arrays.copyOf(seconds, 2 * seconds.length);
    }
    seconds[count - numbers] = inner;
    end(outer, head);
  }

  private void end(long first, long head) {
    if (count == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * count);
      heads = Arrays.copyOf(heads, 2 * count);
    }
    firsts[count] = first;
    heads[count] = head;
    count++;
    details.counted(pair);
  }

  /** Puts the block, if there is one, into the part. */
  void flush(Part part) throws IOException {
    if (count == 0) {
      return;
    }
    block.clear().number(hour).number(numbers).number(count - numbers);
    block.eights(firsts, count).eights(heads, count).eights(seconds, count - numbers);
    block.counted(details);
    labels.writeTo(block);
    part.put(hour * HOUR, key, block.copy());
    labels.clear();
    details.clear();
    count = 0;
    numbers = 0;
  }
}
