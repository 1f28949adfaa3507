package io.longline.host.report;

import io.longline.api.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many findings there were in each hour, by severity. Confined to one thread. */
final class Timeline {

  private static final long HOUR_MICROS = Duration.ofHours(1).toMillis() * 1_000;

  /** Hours that are counted; the times of others may be those of a clock that is wrong. */
  private static final int MAX_HOURS = 200_000;

  private static final int MAX_BARS = 120;

  /** Widths of bars, in hours: an hour, a quarter of a day, a day, a week, 30 and 365 days. */
  private static final int[] WIDTHS = {1, 6, 24, 7 * 24, 30 * 24, 365 * 24};

  private final TreeMap<Long, Map<Severity, Long>> hours = new TreeMap<>();
  private long all;

  /** Adds a finding. */
  void add(long micros, Severity severity) {
    long hour = Math.floorDiv(micros, HOUR_MICROS);
    var counts = hours.get(hour);
    if (counts == null && hours.size() < MAX_HOURS) {
      counts = new EnumMap<>(Severity.class);
      hours.put(hour, counts);
    }
    if (counts != null) {
      counts.merge(severity, 1L, Long::sum);
      all++;
    }
  }

  /**
   * A bar.
   *
   * @param start its start, in microseconds since 1970 UTC
   * @param counts the number of findings, by severity
   */
  record Bar(long start, Map<Severity, Long> counts) {

    long all() {
      return sum(counts);
    }
  }

  /**
   * Bars side by side.
   *
   * @param width the width of each, in microseconds
   * @param bars the bars, from the earliest; none if there is no finding with a time
   * @param outside findings that are so far from the others that they are not in the bars
   */
  record Bars(long width, List<Bar> bars, long outside) {}

  private static long sum(Map<Severity, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The bars. */
  Bars bars() {
    if (hours.isEmpty()) {
      return new Bars(HOUR_MICROS, List.of(), 0);
    }
    long from = hours.firstKey();
    long to = hours.lastKey();
    int width = width(from, to);
    if (width == 0) {
      // The times of a few are far from all others.
      from = quantile(0.01);
      to = quantile(0.99);
      width = Math.max(1, width(from, to));
      to = Math.min(to, from + (long) width * MAX_BARS - 1);
    }
    return bars(Math.floorDiv(from, width) * width, to, width);
  }

  private Bars bars(long from, long to, int width) {
    var bars = new ArrayList<Bar>();
    long shown = 0;
    for (long start = from; start <= to && bars.size() <= MAX_BARS; start += width) {
      var counts = new EnumMap<Severity, Long>(Severity.class);
      for (var hour : hours.subMap(start, start + width).values()) {
        hour.forEach((severity, count) -> counts.merge(severity, count, Long::sum));
      }
      shown += sum(counts);
      bars.add(new Bar(start * HOUR_MICROS, counts));
    }
    return new Bars(width * HOUR_MICROS, bars, all - shown);
  }

  /** The width with which the bars are not too many; 0 if there is none. */
  private static int width(long from, long to) {
    for (int width : WIDTHS) {
      if ((to - from) / width < MAX_BARS) {
        return width;
      }
    }
    return 0;
  }

  /** The hour before which this share of the findings lies. */
  private long quantile(double share) {
    long before = 0;
    for (var hour : hours.entrySet()) {
      before += sum(hour.getValue());
      if (before >= share * all) {
        return hour.getKey();
      }
    }
    return hours.lastKey();
  }
}
