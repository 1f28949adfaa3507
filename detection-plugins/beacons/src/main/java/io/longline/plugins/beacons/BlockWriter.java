package io.longline.plugins.beacons;

import io.longline.api.Part;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Writes facts: blocks of pairs of one hour and one bucket. Confined to one thread.
 *
 * <p>A block is the hour, and then for each pair: its flags with the {@link Type}, the rest of its
 * {@link Identity}, the length of what follows, and that. Of {@link Type#SUMS}: connections,
 * duration in microseconds and the first second, which is all that most pairs are asked for; then
 * requests without a host, connections by a proxy, bytes; ports; hashes of names; unless there are
 * too many for a beacon, the sizes and the seconds, each as differences in ascending order.
 */
final class BlockWriter {

  /** What a pair of a block says. */
  enum Type {
    /** Connections that have ended. */
    SUMS(0),
    /** A connection that was open. */
    OPEN(1),
    /** A connection that was open before, perhaps, and ended. */
    ENDED(2);

    /** The bits of the first byte, beside those of the identity. */
    static final int SHIFT = 4;

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The type with this code. */
    static Type of(int code) {
      return code == SUMS.code ? SUMS : code == OPEN.code ? OPEN : ENDED;
    }
  }

  /** A greater size counts as this one. */
  static final long MOST_SIZE = (1L << 48) - 1;

  /** The bits of a row that are its second within the hour. */
  private static final int SECOND_BITS = 12;

  private static final int BLOCK_BYTES = 256 * 1024;
  private static final long HOUR = TimeUnit.HOURS.toMicros(1);

  private final Labels labels;
  private final ByteSink block = new ByteSink();
  private final ByteSink pair = new ByteSink();

  private int hour;
  private int bucket;

  private final byte[][] ports = new byte[PairTable.MOST_LABELS][];
  private int portCount;
  private final long[] names = new long[PairTable.MOST_NAMES];
  private int nameCount;
  private long[] rows = new long[64];
  private int rowCount;
  private long connections;
  private long missingAndProxy;
  private long duration;
  private long bytes;
  private boolean hasRows;
  private long firstSecond;

  /** Writes pairs with these ports. */
  BlockWriter(Labels labels) {
    this.labels = labels;
  }

  /** Says where the next pair belongs; what was written for another place goes into the part. */
  void at(int newHour, int newBucket, Part part) throws IOException {
    if (newHour != hour || newBucket != bucket || block.length() > BLOCK_BYTES) {
      flush(part);
      hour = newHour;
      bucket = newBucket;
    }
  }

  /** Begins a pair of {@link Type#SUMS}. */
  void begin(byte[] keys, int start, int length) {
    header(keys, start, length, Type.SUMS);
    portCount = 0;
    nameCount = 0;
    rowCount = 0;
  }

  private void header(byte[] keys, int start, int length, Type type) {
    if (block.length() == 0) {
      block.number(hour);
    }
    block.octet(keys[start] | type.code << Type.SHIFT).raw(keys, start + 1, length - 1);
    pair.clear();
  }

  /** The numbers of the pair; requests without a host are in the upper half of theirs. */
  void sums(
      long newConnections,
      long newMissingAndProxy,
      long newDuration,
      long newBytes,
      long newFirstSecond) {
    connections = newConnections;
    missingAndProxy = newMissingAndProxy;
    duration = newDuration;
    bytes = newBytes;
    hasRows = newConnections < PairTable.STROBE;
    firstSecond = newFirstSecond;
  }

  /** One of its ports. */
  void label(int id) {
    ports[portCount++] = labels.text(id);
  }

  /** One of its names. */
  void name(long hash) {
    names[nameCount++] = hash;
  }

  /** One of its connections: size and second. */
  void row(long sizeAndSecond) {
    if (rowCount == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rowCount);
    }
    rows[rowCount++] = sizeAndSecond;
  }

  /** Ends the pair. */
  void end() {
    Arrays.sort(ports, 0, portCount, Arrays::compareUnsigned);
    pair.number(connections)
        .number(duration)
        .number(firstSecond)
        .number(missingAndProxy >>> Integer.SIZE)
        .number(missingAndProxy & 0xffffffffL)
        .number(bytes)
        .number(portCount);
    for (int i = 0; i < portCount; i++) {
      pair.counted(ports[i]);
    }
    Arrays.sort(names, 0, nameCount);
    pair.number(nameCount);
    for (int i = 0; i < nameCount; i++) {
      pair.eight(names[i]);
    }
    if (hasRows) {
      writeRows();
    }
    block.counted(pair);
  }

  /** Sizes, and then seconds, each as the differences of sorted ones. */
  private void writeRows() {
    Arrays.sort(rows, 0, rowCount);
    long before = 0;
    for (int i = 0; i < rowCount; i++) {
      long size = rows[i] >>> SECOND_BITS;
      pair.number(size - before);
      before = size;
      rows[i] &= (1 << SECOND_BITS) - 1;
    }
    Arrays.sort(rows, 0, rowCount);
    before = 0;
    for (int i = 0; i < rowCount; i++) {
      pair.number(rows[i] - before);
      before = rows[i];
    }
  }

  /** Writes a connection that was open. */
  void open(Identity identity, OpenConnection connection) {
    header(identity.bytes().array(), 0, identity.bytes().length(), Type.OPEN);
    connection.writeTo(pair);
    block.counted(pair);
  }

  /** Writes that a connection has ended. */
  void ended(Identity identity, long uid) {
    header(identity.bytes().array(), 0, identity.bytes().length(), Type.ENDED);
    pair.eight(uid);
    block.counted(pair);
  }

  /** Puts the block, if there is one, into the part. */
  void flush(Part part) throws IOException {
    if (block.length() > 0) {
      part.put(hour * HOUR, Kind.key(bucket), block.copy());
      block.clear();
    }
  }
}
