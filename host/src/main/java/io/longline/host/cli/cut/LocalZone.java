package io.longline.host.cli.cut;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.function.Function;

/**
 * A time zone with the abbreviations of its names. Immutable.
 *
 * @param rules when which offset is in force
 * @param name the abbreviation in force at an instant
 */
record LocalZone(ZoneRules rules, Function<Instant, String> name) {

  /** UTC, under the name that the C library gives it. */
  static final LocalZone UTC = new LocalZone(ZoneOffset.UTC.getRules(), instant -> "GMT");

  /** A zone of the database of zones. */
  static LocalZone of(ZoneId zone) {
    var names = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).withZone(zone);
    return new LocalZone(zone.getRules(), names::format);
  }
}
