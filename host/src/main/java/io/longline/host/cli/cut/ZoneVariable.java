package io.longline.host.cli.cut;

import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the time zone that the environment names. */
final class ZoneVariable {

  private static final String ZONES = "zoneinfo/";

  /** Zones that the C library has as files, and Java does not have. */
  private static final Map<String, String> SHORT_NAMES =
      Map.of("EST", "EST5", "MST", "MST7", "HST", "HST10");

  private ZoneVariable() {}

  /**
   * The zone of {@code $TZ}, as the C library reads it: the name of a zone, or a rule such as
   * {@code CET-1CEST,M3.5.0,M10.5.0/3}. Without the variable it is the zone of the system; with
   * another text, UTC.
   *
   * @throws IllegalArgumentException if it is a rule that is not supported
   */
  static LocalZone in(Map<String, String> environment) {
    var variable = environment.get("TZ");
    if (variable == null) {
      return LocalZone.of(ZoneId.systemDefault());
    }
    var text = variable.startsWith(":") ? variable.substring(1) : variable;
    int zones = text.indexOf(ZONES);
    var region = region(zones < 0 ? text : text.substring(zones + ZONES.length()));
    if (region != null) {
      return LocalZone.of(region);
    }
    var rule = PosixZone.parse(SHORT_NAMES.getOrDefault(text, text));
    return rule == null ? LocalZone.of(ZoneId.of("UTC")) : rule;
  }

  private static @Nullable ZoneId region(String text) {
    return ZoneId.getAvailableZoneIds().contains(text) ? ZoneId.of(text) : null;
  }
}
