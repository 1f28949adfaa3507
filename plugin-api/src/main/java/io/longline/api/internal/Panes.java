package io.longline.api.internal;

import io.longline.api.Window;
import io.longline.api.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How the windows of a hook divide event time: into panes, each a span in which no window begins or
 * ends. Times are in microseconds since 1970 UTC. Confined to one thread at a time, since it
 * remembers the last pane.
 */
public final class Panes {

  /** The start of 1 January of year 1. */
  private static final long FIRST = TimeUnit.SECONDS.toMicros(-62_135_596_800L);

  /** The end of 31 December of year 9999. */
  private static final long END = TimeUnit.SECONDS.toMicros(253_402_300_800L);

  private static final int MAX_WINDOWS = 10;

  private static final DateTimeFormatter DAY = format("-MM-dd");
  private static final DateTimeFormatter HOUR = format("-MM-dd'T'HH");
  private static final DateTimeFormatter MINUTE = format("-MM-dd'T'HHmm");
  private static final DateTimeFormatter SECOND = format("-MM-dd'T'HHmmss");

  private final List<Windows> windows;

  /** The last pane. */
  private long start;

  private long end = Long.MIN_VALUE;

  /**
   * A window on the scale of event time.
   *
   * @param start its first moment; {@link Long#MIN_VALUE} for the whole run
   * @param end the first moment after it; {@link Long#MAX_VALUE} for the whole run
   * @param closesAt when event time has passed it by the allowed lateness; {@link Long#MAX_VALUE}
   *     for the whole run
   */
  public record Span(Window window, long start, long end, long closesAt) {}

  /**
   * The panes of these windows.
   *
   * @throws IllegalArgumentException if a hook cannot have them together, or one is null
   */
  public Panes(List<Windows> windows) {
    if (windows.isEmpty() || windows.size() > MAX_WINDOWS) {
      throw new IllegalArgumentException(
          "A hook has 1 to %d kinds of windows, and this one has %d."
              .formatted(MAX_WINDOWS, windows.size()));
    }
    var sizes = new HashSet<String>();
    for (var each : windows) {
      if (each == null) {
        throw new IllegalArgumentException("One of the windows is null: " + windows + ".");
      }
      if (!sizes.add(each.zone() != null ? "days" : each.size().toString())) {
        throw new IllegalArgumentException(
            "Two kinds of windows have the same size, and their outputs would have the same names: %s."
                .formatted(windows));
      }
    }
    this.windows = List.copyOf(windows);
  }

  /** The form of names: a year after 9999 has no plus sign, which no name of a file may have. */
  private static DateTimeFormatter format(String afterYear) {
    return new DateTimeFormatterBuilder()
        .appendValue(ChronoField.YEAR, 4, 10, SignStyle.NORMAL)
        .appendPattern(afterYear)
        .toFormatter(Locale.ROOT);
  }

  /** The form in which parts depend on the windows. */
  public String text() {
    return String.join("; ", windows.stream().map(Panes::boundaries).toList());
  }

  /** The lateness does not change a part. */
  private static String boundaries(Windows windows) {
    return windows.allowedLateness(Duration.ZERO).toString();
  }

  /**
   * Checks an event time.
   *
   * @throws IllegalArgumentException if it is not in the years 1 to 9999
   */
  public static void check(long time) {
    if (time < FIRST || time >= END) {
      throw new IllegalArgumentException(
          "The time of a fact is %d microseconds since 1970: it must be in the years 1 to 9999."
              .formatted(time));
    }
  }

  /** The start of the pane in which a time lies; {@link Long#MIN_VALUE} if there is one pane. */
  public long start(long time) {
    if (time >= end || time < start) {
      find(time);
    }
    return start;
  }

  private void find(long time) {
    start = Long.MIN_VALUE;
    end = Long.MAX_VALUE;
    for (var each : windows) {
      if (!each.isWholeRun()) {
        long from = from(each, time);
        start = Math.max(start, from);
        end = Math.min(end, next(each, from));
      }
    }
  }

  /** The last moment up to a time at which one of these windows begins. */
  private static long from(Windows windows, long time) {
    var zone = windows.zone();
    if (zone != null) {
      return startOf(day(time, zone), zone);
    }
    long every = micros(windows.every());
    return Math.floorDiv(time, every) * every;
  }

  /** The first moment after one such moment at which another of these windows begins. */
  private static long next(Windows windows, long from) {
    var zone = windows.zone();
    return zone != null
        ? startOf(day(from, zone).plusDays(1), zone)
        : from + micros(windows.every());
  }

  /** The windows in which a pane lies. */
  public List<Span> windowsOf(long pane) {
    var spans = new ArrayList<Span>();
    for (var each : windows) {
      if (each.isWholeRun()) {
        spans.add(
            new Span(
                new Window("run", null, null), Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
      } else if (each.zone() != null) {
        var day = day(pane, each.zone());
        long from = startOf(day, each.zone());
        spans.add(span(each, DAY.format(day), from, next(each, from)));
      } else {
        long size = micros(each.size());
        long every = micros(each.every());
        for (long from = from(each, pane); from + size > pane; from -= every) {
          spans.add(span(each, name(from, each.size()), from, from + size));
        }
      }
    }
    return spans;
  }

  private static Span span(Windows windows, String name, long start, long end) {
    return new Span(
        new Window(name, instant(start), instant(end)),
        start,
        end,
        end + micros(windows.lateness()));
  }

  private static String name(long start, Duration size) {
    var time = instant(start).atOffset(ZoneOffset.UTC);
    var format = time.getSecond() != 0 ? SECOND : time.getMinute() != 0 ? MINUTE : HOUR;
    return format.format(time) + "-" + text(size);
  }

  private static String text(Duration size) {
    long seconds = size.toSeconds();
    return seconds % 3_600 == 0
        ? seconds / 3_600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static long micros(Duration duration) {
    return TimeUnit.MICROSECONDS.convert(duration);
  }

  /** An event time as an instant. */
  public static Instant instant(long time) {
    long seconds = Math.floorDiv(time, 1_000_000L);
    return Instant.ofEpochSecond(seconds, (time - seconds * 1_000_000L) * 1_000);
  }

  /** The day in which a time lies: the last one that has begun. */
  private static LocalDate day(long time, ZoneId zone) {
    var day = instant(time).atZone(zone).toLocalDate();
    // Where clocks are set back over midnight, the evening before comes again.
    while (startOf(day.plusDays(1), zone) <= time) {
      day = day.plusDays(1);
    }
    return day;
  }

  private static long startOf(LocalDate day, ZoneId zone) {
    return TimeUnit.SECONDS.toMicros(day.atStartOfDay(zone).toEpochSecond());
  }
}
