package io.longline.host.cli.cut;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * The conversions of strftime(3) in the C locale, as far as they make sense for a moment.
 * Immutable.
 */
final class StrftimeFormat {

  /** What zeek-cut uses by default. */
  static final String ZEEK_CUT = "%Y-%m-%dT%H:%M:%S%z";

  private static final Map<Character, String> PATTERNS =
      Map.ofEntries(
          Map.entry('Y', "uuuu"),
          Map.entry('y', "uu"),
          Map.entry('m', "MM"),
          Map.entry('d', "dd"),
          Map.entry('e', "ppd"),
          Map.entry('j', "DDD"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"),
          Map.entry('z', "xx"),
          Map.entry('Z', "zzz"),
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('b', "MMM"),
          Map.entry('h', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('u', "e"),
          Map.entry('F', "uuuu-MM-dd"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('R', "HH:mm"),
          Map.entry('D', "MM/dd/uu"),
          Map.entry('c', "EEE MMM ppd HH:mm:ss uuuu"),
          Map.entry('x', "MM/dd/uu"),
          Map.entry('X', "HH:mm:ss"));

  private final String format;
  private final ZoneId zone;

  /**
   * A format.
   *
   * @throws IllegalArgumentException if it has an unknown conversion; the message names it
   */
  StrftimeFormat(String format, ZoneId zone) {
    this.format = format;
    this.zone = zone;
    format(0);
  }

  String format(long epochSecond) {
    var moment = Instant.ofEpochSecond(epochSecond).atZone(zone);
    var text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        text.append(convert(format.charAt(++i), moment));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String convert(char conversion, ZonedDateTime moment) {
    return switch (conversion) {
      case '%' -> "%";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 's' -> Long.toString(moment.toEpochSecond());
      default -> {
        var pattern = PATTERNS.get(conversion);
        if (pattern == null) {
          throw new IllegalArgumentException(
              "Unknown conversion %" + conversion + " in the time format.");
        }
        yield DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(moment);
      }
    };
  }
}
