package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the detection of a rule or the filter of a filter: named searches, and conditions over
 * them. Confined to one thread.
 */
final class DetectionParser {

  private static final String CONDITION = "condition";
  private static final int DEEPEST = 20;

  private final ItemParser items;
  private final Map<String, Expression> searches = new LinkedHashMap<>();

  private DetectionParser(ItemParser items) {
    this.items = items;
  }

  /**
   * Reads a detection.
   *
   * @param keysOfNoSearch the keys that name no search, besides {@code condition}
   */
  static Expression parse(Map<?, ?> detection, ItemParser items, List<String> keysOfNoSearch)
      throws RuleException {
    var parser = new DetectionParser(items);
    for (var entry : detection.entrySet()) {
      var name = String.valueOf(entry.getKey());
      if (!name.equals(CONDITION) && !keysOfNoSearch.contains(name)) {
        parser.searches.put(name, parser.search(name, entry.getValue(), 0));
      }
    }
    var condition = detection.get(CONDITION);
    var conditions =
        condition instanceof Collection<?> several ? several : List.of(text(condition));
    var any = new ArrayList<Expression>();
    for (var each : conditions) {
      any.add(parser.expression(ConditionParser.parse(text(each))));
    }
    if (any.isEmpty()) {
      throw new RuleException("there is no condition");
    }
    return any.size() == 1 ? any.get(0) : new Expression.Or(any);
  }

  private static String text(@Nullable Object condition) throws RuleException {
    if (!(condition instanceof String text)) {
      throw new RuleException("there is no condition");
    }
    return text;
  }

  private Expression search(String name, @Nullable Object definition, int depth)
      throws RuleException {
    if (depth > DEEPEST) {
      throw new RuleException("\"" + name + "\" is nested too deeply");
    }
    if (definition instanceof Map<?, ?> map) {
      return all(name, map);
    }
    if (!(definition instanceof Collection<?> list)) {
      return items.keyword(definition);
    }
    var any = new ArrayList<Expression>();
    for (var each : list) {
      any.add(search(name, each, depth + 1));
    }
    if (any.isEmpty()) {
      throw new RuleException("\"" + name + "\" is empty");
    }
    return any.size() == 1 ? any.get(0) : new Expression.Or(any);
  }

  private Expression all(String name, Map<?, ?> map) throws RuleException {
    var all = new ArrayList<Expression>();
    for (var entry : map.entrySet()) {
      all.add(items.item(String.valueOf(entry.getKey()), entry.getValue()));
    }
    if (all.isEmpty()) {
      throw new RuleException("\"" + name + "\" is empty");
    }
    return all.size() == 1 ? all.get(0) : new Expression.And(all);
  }

  private Expression expression(Condition condition) throws RuleException {
    if (condition instanceof Condition.Name name) {
      var search = searches.get(name.name());
      if (search == null) {
        throw new RuleException(
            "the condition names \"" + name.name() + "\", which is not in the detection");
      }
      return search;
    }
    if (condition instanceof Condition.Selector selector) {
      return selected(selector);
    }
    if (condition instanceof Condition.Not not) {
      return new Expression.Not(expression(not.negated()));
    }
    return condition instanceof Condition.And and
        ? new Expression.And(expressions(and.all()))
        : new Expression.Or(expressions(((Condition.Or) condition).any()));
  }

  private List<Expression> expressions(List<Condition> conditions) throws RuleException {
    var all = new ArrayList<Expression>();
    for (var each : conditions) {
      all.add(expression(each));
    }
    return all;
  }

  /** Names that begin with an underscore are left out, unless the pattern begins so too. */
  private Expression selected(Condition.Selector selector) throws RuleException {
    var pattern = selector.pattern().equals("them") ? "*" : selector.pattern();
    var regex = Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    var found = new ArrayList<Expression>();
    searches.forEach(
        (name, search) -> {
          boolean isMeant = !name.startsWith("_") || pattern.startsWith("_");
          if (isMeant && regex.matcher(name).matches()) {
            found.add(search);
          }
        });
    if (found.isEmpty() && selector.isAll()) {
      throw new RuleException(
          "the condition wants all of \"" + selector.pattern() + "\", but there is none");
    }
    return found.size() == 1
        ? found.get(0)
        : selector.isAll() ? new Expression.And(found) : new Expression.Or(found);
  }
}
