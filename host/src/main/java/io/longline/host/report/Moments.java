package io.longline.host.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times of a report, in UTC. */
final class Moments {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Moments() {}

  /** A moment, for people; empty for null. */
  static String text(@Nullable Long micros) {
    return micros == null ? "" : MINUTE.format(instant(micros));
  }

  /** A span, for people: one moment if both are the same. */
  static String span(@Nullable Long first, @Nullable Long last) {
    var from = text(first);
    var to = text(last);
    return from.equals(to) ? from : from + " to " + to;
  }

  /** A moment in full, for programs; empty for null. */
  static String full(@Nullable Long micros) {
    return micros == null ? "" : FULL.format(instant(micros));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
