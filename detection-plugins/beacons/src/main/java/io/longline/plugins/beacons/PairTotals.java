package io.longline.plugins.beacons;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a pair did in the time that is looked at: its sums, and, if they are read too, its ports,
 * names, times and sizes. Confined to one thread: it is used for one pair after the other.
 */
final class PairTotals {

  private static final int HOUR = 3600;

  private final WindowScope scope;
  private final BucketPairs pairs;
  private final EndedConnections ended;

  private long count;
  private long missing;
  private long proxied;
  private long closedDuration;
  private long openDuration;
  private long openCount;
  private long bytes;
  private boolean isInScope;

  private final Map<Long, OpenConnection> open = new HashMap<>();
  private final TreeSet<String> ports = new TreeSet<>();
  private final Set<Long> names = new HashSet<>();
  private final LongList times = new LongList();
  private final LongList sizes = new LongList();
  private final long[] byHour = new long[WindowScope.HOURS + 1];

  /** The totals of pairs of a bucket, in a time. */
  PairTotals(WindowScope scope, BucketPairs pairs, EndedConnections ended) {
    this.scope = scope;
    this.pairs = pairs;
    this.ended = ended;
  }

  /** Adds up the facts of a pair, in place of those before. */
  void sum(int firstItem) {
    clear();
    for (int item = firstItem; item >= 0; item = pairs.next(item)) {
      if (pairs.isOpen(item)) {
        addOpen(pairs.payload(item));
      } else if (pairs.isSingle(item)) {
        addSingle(item, pairs.payload(item));
      } else {
        addSeveral(item, pairs.payload(item));
      }
    }
    if (!open.isEmpty()) {
      sumOpen();
    }
    if (count >= PairTable.STROBE) {
      times.clear();
      sizes.clear();
    }
  }

  private void clear() {
    count = 0;
    missing = 0;
    proxied = 0;
    closedDuration = 0;
    openDuration = 0;
    openCount = 0;
    bytes = 0;
    isInScope = false;
    times.clear();
    sizes.clear();
    Arrays.fill(byHour, 0);
    if (!names.isEmpty()) {
      names.clear();
    }
    if (!open.isEmpty()) {
      open.clear();
    }
  }

  private void addSingle(int item, ByteSource source) {
    isInScope = true;
    count++;
    closedDuration = Sums.of(closedDuration, source.number());
    bytes = Sums.of(bytes, source.number());
    int hour = pairs.hour(item);
    byHour[hour - scope.firstHour()]++;
    if (count < PairTable.STROBE) {
      sizes.add(source.number());
      times.add(PairHead.firstSecond(pairs.head(item), (long) hour * HOUR));
    }
  }

  private void addSeveral(int item, ByteSource source) {
    isInScope = true;
    int hour = pairs.hour(item);
    long connections = source.number();
    count += connections;
    closedDuration = Sums.of(closedDuration, source.number());
    missing += source.number();
    proxied += source.number();
    bytes = Sums.of(bytes, source.number());
    byHour[hour - scope.firstHour()] += connections;
    for (int i = source.small(); i > 0; i--) {
      source.number();
    }
    for (int i = source.small(); i > 0; i--) {
      names.add(source.eight());
    }
    if (count < PairTable.STROBE) {
      readRows(source, (int) connections, (long) hour * HOUR);
    }
  }

  /** Keeps what is known last of each connection. */
  private void addOpen(ByteSource source) {
    var connection = OpenConnection.readFrom(source);
    open.merge(
        connection.uid(),
        connection,
        (one, other) -> one.duration() >= other.duration() ? one : other);
  }

  private void sumOpen() {
    open.keySet().removeIf(ended::contains);
    for (var each : open.values()) {
      isInScope = true;
      openCount++;
      openDuration = Sums.of(openDuration, each.duration());
      missing += each.missing();
      proxied += each.proxy();
      bytes = Sums.of(bytes, each.bytes());
      names.addAll(each.names());
    }
  }

  private void readRows(ByteSource source, int connections, long start) {
    long size = 0;
    for (int i = 0; i < connections; i++) {
      size += source.number();
      sizes.add(size);
    }
    long time = start;
    for (int i = 0; i < connections; i++) {
      time += source.number();
      times.add(time);
    }
  }

  /** The ports of the pair that was added up, which only few are asked for. */
  private List<String> ports(int firstItem) {
    ports.clear();
    open.values().forEach(each -> addPort(each.label()));
    for (int item = firstItem; item >= 0; item = pairs.next(item)) {
      if (!pairs.isOpen(item)) {
        addPorts(item, pairs.payload(item));
      }
    }
    return List.copyOf(ports);
  }

  private void addPorts(int item, ByteSource source) {
    boolean isSingle = pairs.isSingle(item);
    int before = isSingle ? BlockWriter.NUMBERS_OF_SINGLE : BlockWriter.NUMBERS_OF_SEVERAL;
    for (int i = 0; i < before; i++) {
      source.number();
    }
    for (int i = isSingle ? 1 : source.small(); i > 0; i--) {
      addPort(pairs.label(item, source.small()));
    }
  }

  private void addPort(String label) {
    ports.add(label);
    if (ports.size() > PairTable.MOST_LABELS) {
      ports.pollLast();
    }
  }

  /** Whether the pair has anything in the time that is looked at. */
  boolean isInScope() {
    return isInScope;
  }

  /** The connections that began in that time. */
  long count() {
    return count;
  }

  /** The duration of all connections, also those that are open, in microseconds. */
  long duration() {
    return Sums.of(closedDuration, openDuration);
  }

  /** The hashes of its names. */
  Set<Long> names() {
    return names;
  }

  /** The beginnings of connections in seconds, ascending. */
  long[] times() {
    return times.sorted();
  }

  /** The bytes that originators sent, ascending. */
  long[] sizes() {
    return sizes.sorted();
  }

  /** A copy of the numbers that a row has. */
  PairNumbers numbers(int firstItem, long uniqueTimes) {
    return new PairNumbers(
        new PairNumbers.Counts(count, uniqueTimes, openCount, missing, proxied),
        duration(),
        openDuration,
        bytes,
        ports(firstItem),
        Arrays.stream(byHour).boxed().toList());
  }
}
