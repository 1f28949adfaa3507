package io.longline.plugins.beacons;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A block of pairs of one hour, as {@link BlockWriter} wrote it. Confined to one thread. */
final class PairBlock {

  private final byte[] bytes;
  private final int hour;
  private final int numbers;
  private final int size;
  private final int columns;

  /** Reads the beginning of a block. */
  PairBlock(byte[] bytes) {
    var source = new ByteSource(bytes, 0);
    this.bytes = bytes;
    this.hour = source.small();
    this.numbers = source.small();
    this.size = numbers + source.small();
    this.columns = source.position();
  }

  /** Hours since 1970. */
  int hour() {
    return hour;
  }

  /** How many pairs there are. */
  int size() {
    return size;
  }

  /** How many are numbers, which come first. */
  int numbers() {
    return numbers;
  }

  /** Reads what is known of all pairs. */
  void read(Columns into) {
    into.room(size);
    ByteBuffer.wrap(bytes, columns, columnsEnd() - columns)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(into.firsts, 0, size)
        .get(into.heads, 0, size)
        .get(into.seconds, 0, size - numbers);
  }

  /** The columns of a block; those of the one before are overwritten. Confined to one thread. */
  static final class Columns {

    private long[] firsts = {};
    private long[] heads = {};
    private long[] seconds = {};

    private void room(int size) {
      if (firsts.length < size) {
        firsts = new long[2 * size];
        heads = new long[2 * size];
        seconds = new long[2 * size];
      }
    }

    /** The number of a pair, or the hash of its outer side. */
    long first(int index) {
      return firsts[index];
    }

    /** The head of a pair. */
    long head(int index) {
      return heads[index];
    }

    /**
     * The hash of the inner side of a pair that is no number.
     *
     * @param index among these
     */
    long second(int index) {
      return seconds[index];
    }
  }

  /** A port by its index. */
  String label(int index) {
    var source = new ByteSource(bytes, columnsEnd());
    skip(source);
    source.number();
    for (int i = 0; i < index; i++) {
      skip(source);
    }
    return new String(source.counted(), StandardCharsets.UTF_8);
  }

  private static void skip(ByteSource source) {
    int length = source.small();
    source.moveTo(source.position() + length);
  }

  private int columnsEnd() {
    return columns + Long.BYTES * (3 * size - numbers);
  }

  /** Goes to the details of the first pair, from their length on. */
  void toDetails(ByteSource source) {
    source.from(bytes, columnsEnd()).small();
  }

  /** All bytes; not to be changed. */
  byte[] bytes() {
    return bytes;
  }
}
