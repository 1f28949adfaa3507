package io.longline.plugins.beacons;

import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the blocks of a bucket, and finds the pairs in them that may be threats. The others are
 * counted as hosts of their outer sides and not looked at again. Confined to one thread.
 *
 * <p>In memory are the blocks of one bucket from the hours that are looked at. Of earlier ones only
 * the first second of each outer side counts.
 */
final class BucketReader {

  /** Says that each pair of a block is meant. */
  static final int ALL = -1;

  private static final int HOUR = 3600;

  private final WindowScope scope;
  private final OuterSides outer;
  private final PairSums sums;
  private final PairBlock.Columns columns = new PairBlock.Columns();
  private final ByteSource source = new ByteSource(new byte[0], 0);

  /** Those of all buckets of a part, and then those of one. */
  private final List<PairBlock> blocks = new ArrayList<>();

  private int ofPart;

  /** The number of the pair of each fact; -1 if it is in another bucket. */
  private int[] pairs = {};

  /** Reads the buckets of a window. */
  BucketReader(WindowScope scope, ThreatRules rules, OuterSides outer) {
    this.scope = scope;
    this.outer = outer;
    this.sums = new PairSums(rules);
  }

  /** Forgets all blocks. */
  void clear() {
    blocks.clear();
    ofPart = 0;
  }

  /** Whether there are blocks of all buckets of a part. */
  boolean hasBlocksOfPart() {
    return ofPart > 0;
  }

  /** Reads the blocks of the present key, which are of all buckets of a part. */
  void readPart(WindowFacts facts) throws IOException {
    read(facts);
    ofPart = blocks.size();
  }

  /** Reads the blocks of the present key, which are of one bucket. */
  void read(WindowFacts facts) throws IOException {
    while (facts.next()) {
      var block = new PairBlock(facts.value());
      if (block.hour() >= scope.firstHour()) {
        blocks.add(block);
      } else {
        addFirsts(block);
      }
    }
  }

  private void addFirsts(PairBlock block) {
    block.read(columns);
    long start = (long) block.hour() * HOUR;
    for (int i = 0; i < block.size(); i++) {
      long first = columns.first(i);
      long hash = i < block.numbers() ? Hash.ofFour(Identity.outer(first)) : first;
      outer.add(hash, false, PairHead.firstSecond(columns.head(i), start));
    }
  }

  /**
   * Finds the pairs of a bucket, and forgets its blocks, but not those of the whole part.
   *
   * @param inner which part of inner sides it has, or {@link #ALL}
   */
  void find(int inner, Kind kind, BucketPairs found, BucketPairs.PairConsumer consumer)
      throws IOException {
    count(inner);
    found.begin(blocks, kind, sums.count());
    select(found);
    found.forEach(consumer);
    blocks.subList(ofPart, blocks.size()).clear();
  }

  /** Whether a pair is a host that was not counted before, which it is now. */
  boolean addHost(int pair) {
    return sums.addHost(pair);
  }

  private void count(int inner) {
    sums.clear();
    int facts = 0;
    for (var block : blocks) {
      facts += block.size();
    }
    if (pairs.length < facts) {
      pairs = new int[facts];
    }
    int fact = 0;
    for (int i = 0; i < blocks.size(); i++) {
      count(blocks.get(i), i < ofPart ? inner : ALL, fact);
      fact += blocks.get(i).size();
    }
  }

  private void count(PairBlock block, int inner, int firstFact) {
    block.read(columns);
    long start = (long) block.hour() * HOUR;
    int numbers = block.numbers();
    for (int i = 0; i < numbers; i++) {
      long first = columns.first(i);
      long innerHash = Hash.ofFour(Identity.inner(first));
      pairs[firstFact + i] =
          inner == ALL || inner == Kind.part(innerHash)
              ? count(Hash.ofFour(Identity.outer(first)), innerHash, columns.head(i), start)
              : -1;
    }
    for (int i = numbers; i < block.size(); i++) {
      long innerHash = columns.second(i - numbers);
      pairs[firstFact + i] =
          inner == ALL || inner == Kind.part(innerHash)
              ? count(columns.first(i), innerHash, columns.head(i), start)
              : -1;
    }
  }

  private int count(long outerHash, long innerHash, long head, long start) {
    int pair = sums.pair(Hash.of(outerHash, innerHash));
    outer.add(outerHash, sums.add(pair, head), PairHead.firstSecond(head, start));
    return pair;
  }

  private void select(BucketPairs found) {
    int fact = 0;
    for (int i = 0; i < blocks.size(); i++) {
      int size = blocks.get(i).size();
      int last = fact + size - 1;
      while (last >= fact && !isSelected(last)) {
        last--;
      }
      if (last >= fact) {
        select(i, fact, last + 1, found);
      }
      fact += size;
    }
  }

  private boolean isSelected(int fact) {
    return pairs[fact] >= 0 && sums.mayBeThreat(pairs[fact]);
  }

  /** Goes through the details of a block up to the last pair that is selected. */
  private void select(int index, int from, int to, BucketPairs found) {
    var block = blocks.get(index);
    block.read(columns);
    block.toDetails(source);
    for (int fact = from; fact < to; fact++) {
      int length = source.small();
      if (isSelected(fact)) {
        int i = fact - from;
        found.add(index, source.position(), columns.first(i), columns.head(i), pairs[fact]);
      }
      source.moveTo(source.position() + length);
    }
  }
}
