package io.longline.plugins.beacons;

import java.nio.charset.StandardCharsets;
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

  private long count;
  private long missing;
  private long proxied;
  private long closedDuration;
  private long openDuration;
  private long openCount;
  private long bytes;
  private long firstSecond;
  private boolean isInScope;

  private final Map<Long, OpenConnection> open = new HashMap<>();
  private final Set<Long> ended = new HashSet<>();
  private final TreeSet<String> ports = new TreeSet<>();
  private final Set<Long> names = new HashSet<>();
  private final LongList times = new LongList();
  private final LongList sizes = new LongList();
  private final long[] byHour = new long[WindowScope.HOURS + 1];

  /** The totals of pairs of a bucket, in a time. */
  PairTotals(WindowScope scope, BucketPairs pairs) {
    this.scope = scope;
    this.pairs = pairs;
  }

  /** Adds up the facts of a pair, in place of those before. */
  void sum(int firstItem) {
    clear();
    for (int item = firstItem; item >= 0; item = pairs.next(item)) {
      switch (pairs.type(item)) {
        case SUMS -> addSums(item);
        case OPEN -> addOpen(item);
        case ENDED -> addEnded(item);
      }
    }
    if (!open.isEmpty()) {
      sumOpen();
    }
  }

  private void clear() {
    count = 0;
    closedDuration = 0;
    openDuration = 0;
    openCount = 0;
    firstSecond = Long.MAX_VALUE;
    isInScope = false;
    if (!open.isEmpty()) {
      open.clear();
    }
    if (!ended.isEmpty()) {
      ended.clear();
    }
  }

  private boolean isInScope(int item) {
    return pairs.hour(item) >= scope.firstHour();
  }

  private void addSums(int item) {
    var source = pairs.payload(item);
    long connections = source.number();
    long duration = source.number();
    int hour = pairs.hour(item);
    firstSecond = Math.min(firstSecond, (long) hour * HOUR + source.number());
    if (hour >= scope.firstHour()) {
      isInScope = true;
      count += connections;
      closedDuration = Sums.of(closedDuration, duration);
    }
  }

  /** Keeps what is known last of each connection. */
  private void addOpen(int item) {
    var connection = OpenConnection.readFrom(pairs.payload(item));
    firstSecond = Math.min(firstSecond, connection.start());
    if (isInScope(item)) {
      open.merge(
          connection.uid(),
          connection,
          (one, other) -> one.duration() >= other.duration() ? one : other);
    }
  }

  private void addEnded(int item) {
    if (isInScope(item)) {
      ended.add(pairs.payload(item).eight());
    }
  }

  private void sumOpen() {
    open.keySet().removeAll(ended);
    for (var each : open.values()) {
      isInScope = true;
      openCount++;
      openDuration = Sums.of(openDuration, each.duration());
    }
  }

  /** Reads the rest of the facts that were added up. */
  void readDetails(int firstItem) {
    ports.clear();
    names.clear();
    times.clear();
    sizes.clear();
    Arrays.fill(byHour, 0);
    missing = 0;
    proxied = 0;
    bytes = 0;
    for (var each : open.values()) {
      missing += each.missing();
      proxied += each.proxy();
      bytes = Sums.of(bytes, each.bytes());
      addPort(each.label());
      names.addAll(each.names());
    }
    for (int item = firstItem; item >= 0; item = pairs.next(item)) {
      if (pairs.type(item) == BlockWriter.Type.SUMS && isInScope(item)) {
        readDetails(pairs.payload(item), pairs.hour(item));
      }
    }
  }

  private void readDetails(ByteSource source, int hour) {
    long connections = source.number();
    source.number();
    source.number();
    missing += source.number();
    proxied += source.number();
    bytes = Sums.of(bytes, source.number());
    byHour[hour - scope.firstHour()] += connections;
    for (int i = source.small(); i > 0; i--) {
      addPort(new String(source.counted(), StandardCharsets.UTF_8));
    }
    for (int i = source.small(); i > 0; i--) {
      names.add(source.eight());
    }
    if (count < PairTable.STROBE) {
      readRows(source, (int) connections, (long) hour * HOUR);
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

  /** When it has its first connection, also before that time, in seconds. */
  long firstSecond() {
    return firstSecond;
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
  PairNumbers numbers(long uniqueTimes) {
    return new PairNumbers(
        new PairNumbers.Counts(count, uniqueTimes, openCount, missing, proxied),
        duration(),
        openDuration,
        bytes,
        List.copyOf(ports),
        Arrays.stream(byHour).boxed().toList());
  }
}
