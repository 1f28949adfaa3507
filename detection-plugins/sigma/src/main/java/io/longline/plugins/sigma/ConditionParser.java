package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads conditions (Sigma rules specification, "Condition"). Confined to one thread. */
final class ConditionParser {

  private static final int LONGEST = 10_000;
  private static final int DEEPEST = 100;
  private static final Pattern TOKEN = Pattern.compile("\\s*([()]|[^\\s()]+)");

  private final String condition;
  private final List<String> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private ConditionParser(String condition) {
    this.condition = condition;
  }

  /** Reads a condition. */
  static Condition parse(String condition) throws RuleException {
    if (condition.length() > LONGEST) {
      throw new RuleException("the condition has more than %,d characters".formatted(LONGEST));
    }
    if (condition.contains("|")) {
      throw new RuleException(
          "conditions with \"|\" are of Sigma 1: use a correlation rule instead");
    }
    var parser = new ConditionParser(condition);
    var matcher = TOKEN.matcher(condition);
    while (matcher.lookingAt()) {
      parser.tokens.add(matcher.group(1));
      matcher.region(matcher.end(), condition.length());
    }
    var parsed = parser.or();
    if (parser.at < parser.tokens.size()) {
      throw parser.unexpected();
    }
    return parsed;
  }

  private Condition or() throws RuleException {
    var any = new ArrayList<Condition>();
    do {
      any.add(and());
    } while (take("or"));
    return any.size() == 1 ? any.get(0) : new Condition.Or(List.copyOf(any));
  }

  private Condition and() throws RuleException {
    var all = new ArrayList<Condition>();
    do {
      all.add(not());
    } while (take("and"));
    return all.size() == 1 ? all.get(0) : new Condition.And(List.copyOf(all));
  }

  private Condition not() throws RuleException {
    if (++depth > DEEPEST) {
      throw new RuleException("the condition is nested deeper than " + DEEPEST + " levels");
    }
    try {
      return take("not") ? new Condition.Not(not()) : operand();
    } finally {
      depth--;
    }
  }

  private Condition operand() throws RuleException {
    if (take("(")) {
      var inner = or();
      if (!take(")")) {
        throw unexpected();
      }
      return inner;
    }
    if (isNext("of", 1)) {
      return selector();
    }
    if (at == tokens.size() || isNext("and", 0) || isNext("or", 0) || isNext(")", 0)) {
      throw unexpected();
    }
    return new Condition.Name(tokens.get(at++));
  }

  private Condition selector() throws RuleException {
    var quantifier = tokens.get(at).toLowerCase(Locale.ROOT);
    if (at + 2 >= tokens.size() || !List.of("1", "any", "all").contains(quantifier)) {
      throw unexpected();
    }
    var pattern = tokens.get(at + 2);
    at += 3;
    return new Condition.Selector(quantifier.equals("all"), pattern);
  }

  private boolean isNext(String token, int ahead) {
    return at + ahead < tokens.size() && tokens.get(at + ahead).equalsIgnoreCase(token);
  }

  private boolean take(String token) {
    if (isNext(token, 0)) {
      at++;
      return true;
    }
    return false;
  }

  private RuleException unexpected() {
    return new RuleException(
        "the condition \"%s\" cannot be read at %s"
            .formatted(condition, at < tokens.size() ? "\"" + tokens.get(at) + "\"" : "its end"));
  }
}
