package io.longline.plugins.beacons;

import io.longline.api.Part;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a batch has for each hour as a whole: the first and the last second of connections that
 * count, if it has any, and the internal hosts, also those of open ones. Confined to one thread.
 */
final class HourSummaries {

  /** The most hours of a batch: a part has bounds, which logs with absurd times must not pass. */
  static final int MOST_HOURS = 9_000;

  /** How many are in memory. */
  private static final int MOST_KEPT = 48;

  private static final int SECONDS = 3600;
  private static final long HOUR = TimeUnit.HOURS.toMicros(1);

  private final Part part;
  private final Set<Integer> hours = new HashSet<>();
  private final TreeMap<Integer, Summary> kept = new TreeMap<>();
  private Summary last = new Summary(-1);

  /** What is known of an hour. */
  private static final class Summary {

    private final int hour;
    private final HostSet hosts = new HostSet();
    private int first = SECONDS;
    private int latest = -1;

    Summary(int hour) {
      this.hour = hour;
    }
  }

  /** Summaries that go into a part. */
  HourSummaries(Part part) {
    this.part = part;
  }

  /** Whether the batch may have facts of an hour, which it then has. */
  boolean admits(int hour) {
    return hour == last.hour
        || hours.contains(hour)
        || (hours.size() < MOST_HOURS && hours.add(hour));
  }

  /** Adds a connection that counts. */
  void add(int hour, int second) throws IOException {
    var summary = summary(hour);
    summary.first = Math.min(summary.first, second);
    summary.latest = Math.max(summary.latest, second);
  }

  /** Adds an internal host by the hash of its address. */
  void host(int hour, long hash) throws IOException {
    summary(hour).hosts.add(hash);
  }

  private Summary summary(int hour) throws IOException {
    if (last.hour != hour) {
      if (kept.size() == MOST_KEPT && !kept.containsKey(hour)) {
        flush();
      }
      last = kept.computeIfAbsent(hour, Summary::new);
    }
    return last;
  }

  /** Puts them into the part. */
  void flush() throws IOException {
    var sink = new ByteSink();
    for (var each : kept.values()) {
      sink.clear().number(each.hour).number(each.first).number(each.latest + 1L);
      each.hosts.writeTo(sink);
      part.put(each.hour * HOUR, Kind.summaryKey(), sink.copy());
    }
    kept.clear();
    last = new Summary(-1);
  }
}
