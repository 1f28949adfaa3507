package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads correlation rules. */
final class CorrelationParser {

  private static final Pattern TIMESPAN = Pattern.compile("(\\d{1,9})([smhdw])");
  private static final Map<String, Long> UNITS =
      Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L, "w", 604_800L);
  private static final int MAX_RULES = 100;

  private CorrelationParser() {}

  /**
   * Reads a document.
   *
   * @throws RuleException if it cannot be used; says why
   */
  static Correlation parse(RuleDocument document) throws RuleException {
    var map = Maps.map(document.yaml(), RuleDocument.CORRELATION);
    var kind = kind(Maps.required(map, "type"));
    boolean isTemporal =
        kind == Correlation.Kind.TEMPORAL || kind == Correlation.Kind.TEMPORAL_ORDERED;
    var condition = map.get("condition");
    var parsed = condition instanceof String text ? ConditionParser.parse(text) : null;
    if (parsed != null && kind != Correlation.Kind.TEMPORAL) {
      throw new RuleException("a condition that is a text is for the type temporal only");
    }
    var rules = rules(map, parsed);
    var numbers = parsed == null ? Maps.map(map, "condition") : Map.of();
    if (numbers.isEmpty() && !isTemporal) {
      throw new RuleException("there is no condition");
    }
    var count =
        numbers.isEmpty() ? CountCondition.atLeast(rules.size()) : CountCondition.of(numbers);
    var counted = Maps.texts(numbers, "field");
    if (kind == Correlation.Kind.VALUE_COUNT && counted.isEmpty()) {
      throw new RuleException("the condition names no field, whose values are to be counted");
    }
    return new Correlation(
        document.header(),
        kind,
        rules,
        new Correlation.Grouping(Maps.texts(map, "group-by"), aliases(map), counted),
        timespan(map),
        new Correlation.Wanted(count, parsed),
        Boolean.TRUE.equals(map.get("generate")));
  }

  private static Correlation.Kind kind(String type) throws RuleException {
    for (var kind : Correlation.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(type)) {
        return kind;
      }
    }
    throw new RuleException(
        "the type \"%s\" is not supported: it can be event_count, value_count, temporal or temporal_ordered"
            .formatted(type));
  }

  private static List<String> rules(Map<?, ?> map, @Nullable Condition condition)
      throws RuleException {
    var rules = new ArrayList<>(Maps.texts(map, "rules"));
    if (rules.isEmpty() && condition != null) {
      addNames(condition, rules);
    }
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      throw new RuleException("it needs rules, " + MAX_RULES + " at most");
    }
    return rules;
  }

  private static void addNames(Condition condition, List<String> names) {
    if (condition instanceof Condition.Name name && !names.contains(name.name())) {
      names.add(name.name());
    } else if (condition instanceof Condition.Not not) {
      addNames(not.negated(), names);
    } else if (condition instanceof Condition.And and) {
      and.all().forEach(each -> addNames(each, names));
    } else if (condition instanceof Condition.Or or) {
      or.any().forEach(each -> addNames(each, names));
    }
  }

  private static Map<String, Map<String, String>> aliases(Map<?, ?> map) throws RuleException {
    var aliases = new HashMap<String, Map<String, String>>();
    var written = Maps.map(map, "aliases");
    for (var alias : written.keySet()) {
      var byRule = new HashMap<String, String>();
      for (var entry : Maps.map(written, String.valueOf(alias)).entrySet()) {
        byRule.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
      }
      aliases.put(String.valueOf(alias), byRule);
    }
    return aliases;
  }

  private static long timespan(Map<?, ?> map) throws RuleException {
    var text = Maps.required(map, "timespan");
    var matcher = TIMESPAN.matcher(text);
    long seconds = 0;
    if (matcher.matches()) {
      seconds = Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 0L);
    }
    if (seconds <= 0 || seconds > CorrelationWindows.LONGEST.toSeconds()) {
      throw new RuleException(
          "the timespan \"%s\" is not supported: write 30s, 5m, 1h, 7d or the like, up to %d days"
              .formatted(text, CorrelationWindows.LONGEST.toDays()));
    }
    return TimeUnit.SECONDS.toMicros(seconds);
  }
}
