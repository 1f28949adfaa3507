package io.longline.plugins.http;

import io.longline.api.Output;
import io.longline.api.PermanentFailureException;
import io.longline.api.RowOutput;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files of an output for the days of a call's records. Confined to one thread.
 *
 * <p>A day is looked up once, with its bounds; for each further record of it there is a comparison
 * of numbers. Where clocks are set forward or back the day is divided there, so that the parts have
 * no gaps.
 */
final class RecordDays {

  /** How many outputs a call may open, without that for records without a time. */
  private static final int MAX_DAYS = 999;

  private static final int LAST_YEAR = 9999;

  private final Output output;
  private final LogSchema schema;
  private final ZoneId zone;

  /** The spans that were looked up, by their first microsecond. */
  private final TreeMap<Long, Span> spans = new TreeMap<>();

  private final Set<LocalDate> days = new HashSet<>();
  private @Nullable Span last;
  private @Nullable RowOutput withoutDay;

  /**
   * A day, or a part of one.
   *
   * @param from its first microsecond since 1970
   * @param to the first microsecond after it
   */
  private record Span(long from, long to, RowOutput rows) {

    boolean contains(long micros) {
      return from <= micros && micros < to;
    }
  }

  RecordDays(Output output, LogSchema schema, ZoneId zone) {
    this.output = output;
    this.schema = schema;
    this.zone = zone;
  }

  /** The file for records without a time: that of the day of processing. */
  RowOutput withoutDay() throws IOException {
    var opened = withoutDay;
    if (opened == null) {
      opened = output.daily().rows(schema);
      withoutDay = opened;
    }
    return opened;
  }

  /**
   * The file of the day of a time; that of the day of processing if the year is not from 1 to 9999.
   *
   * @param micros microseconds since 1970
   * @throws PermanentFailureException if it is one day more than there may be
   */
  RowOutput at(long micros) throws IOException, PermanentFailureException {
    var span = last;
    if (span == null || !span.contains(micros)) {
      span = find(micros);
      if (span == null) {
        return withoutDay();
      }
      last = span;
    }
    return span.rows();
  }

  private @Nullable Span find(long micros) throws IOException, PermanentFailureException {
    Entry<Long, Span> before = spans.floorEntry(micros);
    if (before != null && before.getValue().contains(micros)) {
      return before.getValue();
    }
    var instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    var day = LocalDate.ofInstant(instant, zone);
    if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
      return null;
    }
    if (days.add(day) && days.size() > MAX_DAYS) {
      throw new PermanentFailureException(
          "http.log has records of more than %d days, such as %s: more files than a call may open. If the times are right, process fewer days at once, or name the files by the day of processing, with the setting day."
              .formatted(MAX_DAYS, day));
    }
    var span = span(instant, day, output.day(day).rows(schema));
    spans.put(span.from(), span);
    return span;
  }

  /** The span of a day around an instant in which no clock is set. */
  private Span span(Instant instant, LocalDate day, RowOutput rows) {
    var rules = zone.getRules();
    var offset = rules.getOffset(instant);
    long from = micros(day.atStartOfDay().toInstant(offset));
    long to = micros(day.plusDays(1).atStartOfDay().toInstant(offset));
    var previous = rules.previousTransition(instant.plusNanos(1));
    var next = rules.nextTransition(instant);
    return new Span(
        previous == null ? from : Math.max(from, micros(previous.getInstant())),
        next == null ? to : Math.min(to, micros(next.getInstant())),
        rows);
  }

  /** Days and changes of the clock begin with a whole second. */
  private static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond());
  }
}
