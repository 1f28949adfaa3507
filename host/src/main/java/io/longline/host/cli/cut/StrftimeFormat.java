package io.longline.host.cli.cut;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conversions of strftime(3) in the C locale, with the flags and widths of the GNU C library.
 * What is no conversion is written as it stands. Immutable.
 */
final class StrftimeFormat {

  /** What zeek-cut uses by default. */
  static final String ZEEK_CUT = "%Y-%m-%dT%H:%M:%S%z";

  /** Flags, width, and the modifiers of locales, which the C locale does not have. */
  private static final Pattern CONVERSION =
      Pattern.compile("%([_0^#-]*)(\\d{0,3})[EO]?([%A-Za-z])");

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM", Locale.ENGLISH);
  private static final int SHORT_NAME = 3;

  private final String format;
  private final LocalZone zone;

  StrftimeFormat(String format, LocalZone zone) {
    this.format = format;
    this.zone = zone;
  }

  /** The text of a moment in seconds since 1970; null if it is out of range. */
  @Nullable String format(long epochSecond) {
    try {
      var instant = Instant.ofEpochSecond(epochSecond);
      return format(format, instant.atOffset(zone.rules().getOffset(instant)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private String format(String pattern, OffsetDateTime moment) {
    return CONVERSION
        .matcher(pattern)
        .replaceAll(match -> Matcher.quoteReplacement(convert(match.group(), moment)));
  }

  private String convert(String conversion, OffsetDateTime moment) {
    var parts = CONVERSION.matcher(conversion);
    if (!parts.matches()) {
      return conversion;
    }
    char letter = parts.group(3).charAt(0);
    var flags = parts.group(1);
    int width = parts.group(2).isEmpty() ? 0 : Integer.parseInt(parts.group(2));
    var number = number(letter, moment);
    if (number != null) {
      return number.padded(flags, width);
    }
    var text = text(letter, moment);
    if (text == null) {
      return conversion;
    }
    return padded(inCase(text, letter, flags), flags.indexOf('0') >= 0 ? '0' : ' ', width);
  }

  /** A number with the digits that it has at least, and what they are filled up with. */
  private record Digits(long value, int least, char fill) {

    String padded(String flags, int width) {
      char last = flags.replaceAll("[#^]", "").isEmpty() ? fill : lastOf(flags);
      if (last == '-') {
        return Long.toString(value);
      }
      return StrftimeFormat.padded(
          Long.toString(value), last == '_' ? ' ' : last, width == 0 ? least : width);
    }

    private static char lastOf(String flags) {
      var fills = flags.replaceAll("[#^]", "");
      return fills.charAt(fills.length() - 1);
    }
  }

  private static @Nullable Digits number(char letter, OffsetDateTime moment) {
    return switch (letter) {
      case 'C' -> new Digits(Math.floorDiv(moment.getYear(), 100), 2, '0');
      case 'd' -> new Digits(moment.getDayOfMonth(), 2, '0');
      case 'e' -> new Digits(moment.getDayOfMonth(), 2, ' ');
      case 'G' -> new Digits(weekYear(moment), 4, '0');
      case 'g' -> new Digits(Math.floorMod(weekYear(moment), 100), 2, '0');
      case 'H' -> new Digits(moment.getHour(), 2, '0');
      case 'I' -> new Digits(hourOfHalfDay(moment), 2, '0');
      case 'j' -> new Digits(moment.getDayOfYear(), 3, '0');
      case 'k' -> new Digits(moment.getHour(), 2, ' ');
      case 'l' -> new Digits(hourOfHalfDay(moment), 2, ' ');
      case 'M' -> new Digits(moment.getMinute(), 2, '0');
      case 'm' -> new Digits(moment.getMonthValue(), 2, '0');
      case 'S' -> new Digits(moment.getSecond(), 2, '0');
      case 's' -> new Digits(moment.toEpochSecond(), 1, '0');
      case 'U' -> new Digits(week(moment, moment.getDayOfWeek().getValue() % 7), 2, '0');
      case 'u' -> new Digits(moment.getDayOfWeek().getValue(), 1, '0');
      case 'V' -> new Digits(moment.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
      case 'W' -> new Digits(week(moment, moment.getDayOfWeek().getValue() - 1), 2, '0');
      case 'w' -> new Digits(moment.getDayOfWeek().getValue() % 7, 1, '0');
      case 'Y' -> new Digits(moment.getYear(), 4, '0');
      case 'y' -> new Digits(Math.floorMod(moment.getYear(), 100), 2, '0');
      default -> null;
    };
  }

  private @Nullable String text(char letter, OffsetDateTime moment) {
    return switch (letter) {
      case 'A' -> DAY.format(moment);
      case 'a' -> DAY.format(moment).substring(0, SHORT_NAME);
      case 'B' -> MONTH.format(moment);
      case 'b', 'h' -> MONTH.format(moment).substring(0, SHORT_NAME);
      case 'c' -> format("%a %b %e %H:%M:%S %Y", moment);
      case 'D', 'x' -> format("%m/%d/%y", moment);
      case 'F' -> format("%Y-%m-%d", moment);
      case 'n' -> "\n";
      case 'P' -> moment.getHour() < 12 ? "am" : "pm";
      case 'p' -> moment.getHour() < 12 ? "AM" : "PM";
      case 'R' -> format("%H:%M", moment);
      case 'r' -> format("%I:%M:%S %p", moment);
      case 'T', 'X' -> format("%H:%M:%S", moment);
      case 't' -> "\t";
      case 'Z' -> zone.name().apply(moment.toInstant());
      case 'z' -> offset(moment);
      case '%' -> "%";
      default -> null;
    };
  }

  private static String inCase(String text, char letter, String flags) {
    if (flags.indexOf('^') >= 0) {
      return text.toUpperCase(Locale.ROOT);
    }
    if (flags.indexOf('#') < 0) {
      return text;
    }
    return letter == 'p' || letter == 'Z'
        ? text.toLowerCase(Locale.ROOT)
        : text.toUpperCase(Locale.ROOT);
  }

  private static String padded(String text, char fill, int width) {
    return String.valueOf(fill).repeat(Math.max(0, width - text.length())) + text;
  }

  private static String offset(OffsetDateTime moment) {
    int minutes = Math.abs(moment.getOffset().getTotalSeconds()) / 60;
    return (moment.getOffset().getTotalSeconds() < 0 ? "-" : "+")
        + padded(Integer.toString(minutes / 60 * 100 + minutes % 60), '0', 4);
  }

  private static int weekYear(OffsetDateTime moment) {
    return moment.get(IsoFields.WEEK_BASED_YEAR);
  }

  private static int hourOfHalfDay(OffsetDateTime moment) {
    return (moment.getHour() + 11) % 12 + 1;
  }

  /** The number of the week, of those that begin on a day that is this many days ago. */
  private static int week(OffsetDateTime moment, int daysSinceWeekBegan) {
    return (moment.getDayOfYear() - 1 + 7 - daysSinceWeekBegan) / 7;
  }
}
