package io.longline.plugins.sigma;

import java.util.List;

/** What the condition of a rule says of names, as it is written. Immutable. */
sealed interface Condition {

  /** A name. */
  record Name(String name) implements Condition {}

  /**
   * One or all of the names that fit a pattern.
   *
   * @param isAll whether all of them are meant
   * @param pattern the pattern, or {@code them}
   */
  record Selector(boolean isAll, String pattern) implements Condition {}

  /** All of some conditions. */
  record And(List<Condition> all) implements Condition {}

  /** One of some conditions. */
  record Or(List<Condition> any) implements Condition {}

  /** The opposite of a condition. */
  record Not(Condition negated) implements Condition {}
}
