package io.longline.plugins.sigma;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What the condition of a correlation says of a number. Immutable.
 *
 * @param bounds what has to be true of it
 */
record CountCondition(List<Bound> bounds) {

  /** The largest number that a count can be compared with. */
  static final int MAX_COUNT = 1_000_000;

  private static final Map<String, IntPredicate> OPERATORS =
      Map.of(
          "gt", sign -> sign > 0,
          "gte", sign -> sign >= 0,
          "lt", sign -> sign < 0,
          "lte", sign -> sign <= 0,
          "eq", sign -> sign == 0,
          "neq", sign -> sign != 0);

  /**
   * A comparison.
   *
   * @param operator its name, such as {@code gte}
   */
  record Bound(String operator, int number) {

    boolean holds(int count) {
      var sign = OPERATORS.get(operator);
      return sign != null && sign.test(Integer.compare(count, number));
    }
  }

  CountCondition {
    bounds = List.copyOf(bounds);
  }

  /** At least a number. */
  static CountCondition atLeast(int number) {
    return new CountCondition(List.of(new Bound("gte", number)));
  }

  /**
   * Reads a condition.
   *
   * @throws RuleException if it cannot be used
   */
  static CountCondition of(Map<?, ?> condition) throws RuleException {
    var bounds = new ArrayList<Bound>();
    for (var entry : condition.entrySet()) {
      var name = String.valueOf(entry.getKey());
      if (OPERATORS.containsKey(name)) {
        bounds.add(new Bound(name, number(entry.getValue())));
      } else if (!name.equals("field")) {
        throw new RuleException("the condition has \"" + name + "\", which is not supported");
      }
    }
    if (bounds.isEmpty()) {
      throw new RuleException("the condition needs gt, gte, lt, lte, eq or neq");
    }
    return new CountCondition(bounds);
  }

  private static int number(Object value) throws RuleException {
    try {
      int number = new BigDecimal(String.valueOf(value)).intValueExact();
      if (number >= 0 && number <= MAX_COUNT) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // As is said below.
    }
    throw new RuleException(
        "the condition has \"%s\", which is no whole number up to %,d".formatted(value, MAX_COUNT));
  }

  /** The count from which on it makes no difference how many more there are. */
  int most() {
    return 1 + bounds.stream().mapToInt(Bound::number).max().orElse(0);
  }

  /** Whether a count fulfils it. */
  boolean holds(int count) {
    for (var bound : bounds) {
      if (!bound.holds(count)) {
        return false;
      }
    }
    return true;
  }
}
