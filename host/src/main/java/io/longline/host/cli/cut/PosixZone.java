package io.longline.host.cli.cut;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneOffsetTransitionRule.TimeDefinition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the rules that POSIX allows in {@code $TZ}, such as {@code PST8PDT,M3.2.0,M11.1.0}. */
final class PosixZone {

  private static final String NAME = "([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)";
  private static final String OFFSET = "([+-]?\\d{1,2}(?::\\d{2}){0,2})";
  private static final Pattern ZONE =
      Pattern.compile(NAME + OFFSET + "(?:" + NAME + OFFSET + "?(?:,([^,]+),([^,]+))?)?");
  private static final Pattern DAY =
      Pattern.compile("M(\\d{1,2})\\.([1-5])\\.([0-6])(?:/(\\d{1,2})(?::(\\d{2}))?)?");

  /** What the C library takes where no days are named: those of the United States. */
  private static final String FIRST_DAY = "M3.2.0";

  private static final String LAST_DAY = "M11.1.0";

  /** Before this year daylight saving time is not converted. */
  private static final int FIRST_YEAR = 1970;

  private PosixZone() {}

  /**
   * The zone of a rule; null if the text is none.
   *
   * @throws IllegalArgumentException if its days are given in a way that is not supported
   */
  static @Nullable LocalZone parse(String text) {
    var zone = ZONE.matcher(text);
    if (!zone.matches()) {
      return null;
    }
    var standard = offset(zone.group(2));
    var standardName = name(zone.group(1));
    if (zone.group(3) == null) {
      return new LocalZone(standard.getRules(), instant -> standardName);
    }
    var daylight =
        zone.group(4) == null
            ? ZoneOffset.ofTotalSeconds(standard.getTotalSeconds() + 3600)
            : offset(zone.group(4));
    var first = Objects.requireNonNullElse(zone.group(5), FIRST_DAY);
    var last = Objects.requireNonNullElse(zone.group(6), LAST_DAY);
    var rules =
        rules(
            standard,
            List.of(
                rule(text, first, standard, standard, daylight),
                rule(text, last, standard, daylight, standard)));
    var daylightName = name(zone.group(3));
    return new LocalZone(
        rules, instant -> rules.getOffset(instant).equals(daylight) ? daylightName : standardName);
  }

  private static ZoneRules rules(ZoneOffset standard, List<ZoneOffsetTransitionRule> rules) {
    var transitions =
        IntStream.rangeClosed(FIRST_YEAR, FIRST_YEAR + 1)
            .boxed()
            .flatMap(year -> transitions(year, rules))
            .sorted(Comparator.comparing(ZoneOffsetTransition::getInstant))
            .toList();
    return ZoneRules.of(
        standard, transitions.get(0).getOffsetBefore(), List.of(), transitions, rules);
  }

  private static Stream<ZoneOffsetTransition> transitions(
      int year, List<ZoneOffsetTransitionRule> rules) {
    return rules.stream().map(rule -> rule.createTransition(year));
  }

  private static ZoneOffsetTransitionRule rule(
      String zone, String text, ZoneOffset standard, ZoneOffset before, ZoneOffset after) {
    var day = DAY.matcher(text);
    if (!day.matches()) {
      throw new IllegalArgumentException(
          "TZ is \"%s\", whose rule \"%s\" cannot be used: only days such as M3.5.0/2 can. Name the zone instead, such as Europe/Berlin."
              .formatted(zone, text));
    }
    int week = Integer.parseInt(day.group(2));
    int hour = number(day, 4, 2);
    var time = hour == 24 ? LocalTime.MIDNIGHT : LocalTime.of(hour, number(day, 5, 0));
    return ZoneOffsetTransitionRule.of(
        Month.of(Integer.parseInt(day.group(1))),
        week == 5 ? -1 : 7 * (week - 1) + 1,
        DayOfWeek.of((Integer.parseInt(day.group(3)) + 6) % 7 + 1),
        time,
        hour == 24,
        TimeDefinition.WALL,
        standard,
        before,
        after);
  }

  private static int number(Matcher match, int group, int otherwise) {
    return match.group(group) == null ? otherwise : Integer.parseInt(match.group(group));
  }

  private static String name(String text) {
    return text.startsWith("<") ? text.substring(1, text.length() - 1) : text;
  }

  /** An offset as POSIX writes it: positive means west. */
  private static ZoneOffset offset(String text) {
    boolean isWest = !text.startsWith("-");
    var parts = text.replaceFirst("^[+-]", "").split(":", -1);
    int seconds = 0;
    for (int i = 0; i < 3; i++) {
      seconds = seconds * 60 + (i < parts.length ? Integer.parseInt(parts[i]) : 0);
    }
    return ZoneOffset.ofTotalSeconds(isWest ? -seconds : seconds);
  }
}
