package io.longline.plugins.beacons;

import io.longline.api.Part;
import java.io.IOException;

/**
 * Writes the entries of a {@link PairTable} into a part, those of an hour and a bucket together.
 * What a batch has of an hour for 16 buckets of one part of outer sides is one block as long as it
 * is small, since each fact costs something in each window. Confined to one thread.
 */
final class TableWriter {

  /** How many bytes are small, about; a pair and a connection have so many. */
  private static final int SMALL = 4096;

  private static final int PAIR_BYTES = 32;
  private static final int ROW_BYTES = 4;

  private final Part part;
  private final BlockWriter blocks;
  private final PlaceOrder order = new PlaceOrder();

  /** A writer for a part. */
  TableWriter(Labels labels, Part part) {
    this.part = part;
    this.blocks = new BlockWriter(labels);
  }

  /** Writes all entries. */
  void write(PairTable table) throws IOException {
    var sorted = order.of(table);
    int count = table.count();
    int from = 0;
    while (from < count) {
      long place = place(table, sorted[from]);
      int to = from;
      long bytes = 0;
      while (to < count && isSamePart(place(table, sorted[to]), place)) {
        bytes += PAIR_BYTES + table.get(sorted[to], PairTable.COUNT) * ROW_BYTES;
        to++;
      }
      if (bytes <= SMALL) {
        writeAsOne(table, sorted, from, to);
      } else {
        writeByBucket(table, sorted, from, to);
      }
      from = to;
    }
  }

  private static long place(PairTable table, int entry) {
    return table.get(entry, PairTable.PLACE);
  }

  private static boolean isSamePart(long one, long other) {
    return Places.hour(one) == Places.hour(other)
        && Places.bucket(one) / Kind.PARTS == Places.bucket(other) / Kind.PARTS;
  }

  private void writeByBucket(PairTable table, int[] order, int from, int to) throws IOException {
    int bucket = -1;
    for (int i = from; i < to; i++) {
      long place = place(table, order[i]);
      if (Places.bucket(place) != bucket || blocks.isFull()) {
        blocks.flush(part);
        bucket = Places.bucket(place);
        blocks.at(Places.hour(place), Kind.key(bucket));
      }
      write(table, order[i], place);
    }
    blocks.flush(part);
  }

  /** In a block, numbers come first. */
  private void writeAsOne(PairTable table, int[] order, int from, int to) throws IOException {
    long first = place(table, order[from]);
    blocks.at(Places.hour(first), Kind.keyOfPart(Places.bucket(first)));
    for (boolean numbers : new boolean[] {true, false}) {
      for (int i = from; i < to; i++) {
        long place = place(table, order[i]);
        if (Places.isNumber(place) == numbers) {
          write(table, order[i], place);
        }
      }
    }
    blocks.flush(part);
  }

  private void write(PairTable table, int entry, long place) {
    long first = table.get(entry, PairTable.FIRST);
    long head = details(table, entry, place);
    if (Places.isNumber(place)) {
      blocks.endNumber(first, head);
    } else {
      blocks.endHashes(first, table.get(entry, PairTable.SECOND), head);
    }
  }

  /** Writes what comes behind the head of a pair; returns the head. */
  private long details(PairTable table, int entry, long place) {
    long count = table.get(entry, PairTable.COUNT);
    if (count == 0) {
      table.writeKey(entry, PairTable.BYTES, begin(table, entry, place, BlockWriter.OPEN));
      return PairHead.ofOpen(table.get(entry, PairTable.ROW));
    }
    boolean isSingle =
        count == 1
            && table.get(entry, PairTable.MISSING_AND_PROXY) == 0
            && table.get(entry, PairTable.NAMES) == 0;
    int unique = isSingle ? single(table, entry, place) : several(table, entry, place, count);
    return PairHead.of(
        count,
        unique,
        table.get(entry, PairTable.DURATION),
        (int) table.get(entry, PairTable.FIRST_SECOND));
  }

  private ByteSink begin(PairTable table, int entry, long place, int flag) {
    var sink = blocks.begin(Places.flags(place) | flag);
    if (!Places.isNumber(place)) {
      table.writeKey(entry, PairTable.KEY, sink);
    }
    return sink;
  }

  private int single(PairTable table, int entry, long place) {
    begin(table, entry, place, BlockWriter.SINGLE)
        .number(table.get(entry, PairTable.DURATION))
        .number(table.get(entry, PairTable.BYTES))
        .number(table.get(entry, PairTable.ROW) >>> BlockWriter.SECOND_BITS)
        .number(blocks.label((int) table.get(entry, PairTable.LABELS) - 1));
    return 1;
  }

  /** Returns in how many different seconds they began, or more. */
  private int several(PairTable table, int entry, long place, long count) {
    long requests = table.get(entry, PairTable.MISSING_AND_PROXY);
    var sink =
        begin(table, entry, place, 0)
            .number(count)
            .number(table.get(entry, PairTable.DURATION))
            .number(requests >>> Integer.SIZE)
            .number(requests & 0xffffffffL)
            .number(table.get(entry, PairTable.BYTES));
    writeLabels(table, table.get(entry, PairTable.LABELS), sink);
    writeNames(table, (int) table.get(entry, PairTable.NAMES), sink);
    if (count >= PairTable.STROBE) {
      return PairHead.MOST_UNIQUE;
    }
    blocks.clearRows();
    blocks.row(table.get(entry, PairTable.ROW));
    for (int at = (int) table.get(entry, PairTable.MORE_ROWS); at != 0; at = table.next(at)) {
      blocks.row(table.value(at));
    }
    blocks.writeRows();
    return blocks.unique();
  }

  private void writeLabels(PairTable table, long labels, ByteSink sink) {
    int more = (int) (labels >>> Integer.SIZE);
    sink.number(1L + table.length(more)).number(blocks.label((int) labels - 1));
    for (int at = more; at != 0; at = table.next(at)) {
      sink.number(blocks.label((int) table.value(at)));
    }
  }

  private static void writeNames(PairTable table, int names, ByteSink sink) {
    sink.number(table.length(names));
    for (int at = names; at != 0; at = table.next(at)) {
      sink.eight(table.value(at));
    }
  }
}
