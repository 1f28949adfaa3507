package io.longline.plugins.beacons;

import io.longline.api.Window;
import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The time that RITA v5 looks at, seen from the newest connection: 24 hours before it, or less if
 * there is less, and with the whole of the hour in which they begin. Immutable.
 *
 * @param min the beginning, in seconds since 1970
 * @param max the newest connection
 * @param hosts the number of internal hosts
 */
record WindowScope(long min, long max, long hosts) {

  /** The hours that may count: 24 hours touch 25. */
  static final int HOURS = 25;

  private static final int HOUR = 3600;
  private static final long DAY = 24L * HOUR;

  /**
   * Reads the summaries of a window, which are its first facts.
   *
   * @param window the whole run, or 25 hours
   * @return null if there is no connection that counts, or none in the last of the 25 hours, since
   *     the windows before have said all then
   */
  static @Nullable WindowScope read(Window window, WindowFacts facts) throws IOException {
    if (!facts.nextKey() || !Arrays.equals(facts.keyBytes(), Kind.summaryKey())) {
      return null;
    }
    var hours = new TreeMap<Integer, HostSet>();
    long oldest = Long.MAX_VALUE;
    long newest = Long.MIN_VALUE;
    while (facts.next()) {
      var source = new ByteSource(facts.value(), 0);
      int hour = source.small();
      int first = source.small();
      int latest = source.small() - 1;
      if (latest >= 0) {
        oldest = Math.min(oldest, (long) hour * HOUR + first);
        newest = Math.max(newest, (long) hour * HOUR + latest);
        hours.headMap(hour - HOURS).clear();
      }
      // An hour may have hosts of open connections only, which do not move the newest one. From
      // the oldest one on, a window of 25 hours that is seen from its end has no hour too many.
      int group = window.isWholeRun() || newest < oldest ? hour : (int) (oldest / HOUR);
      hours.computeIfAbsent(group, each -> new HostSet()).addFrom(source);
    }
    if (newest < oldest || !isSeenFromItsEnd(window, newest)) {
      return null;
    }
    long min = Math.max(oldest, newest - DAY);
    var all = new HostSet();
    hours.tailMap((int) (min / HOUR)).values().forEach(all::addAll);
    return new WindowScope(min, newest, all.size());
  }

  private static boolean isSeenFromItsEnd(Window window, long newest) {
    return window.isWholeRun()
        || newest / HOUR + 1 == Objects.requireNonNull(window.end()).getEpochSecond() / HOUR;
  }

  /** The first hour that counts. */
  int firstHour() {
    return (int) (min / HOUR);
  }

  /** The hour of the newest connection. */
  int lastHour() {
    return (int) (max / HOUR);
  }

  /** The share of internal hosts that so many are. */
  double share(long some) {
    return hosts == 0 ? 1 : Math.min(1, (double) some / hosts);
  }
}
