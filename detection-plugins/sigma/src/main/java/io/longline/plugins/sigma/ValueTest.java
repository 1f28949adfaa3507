package io.longline.plugins.sigma;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntPredicate;

/** What a rule asks of a single value, or of an element of a set. Immutable. */
sealed interface ValueTest {

  /** Whether a value fulfils it. */
  boolean matches(Value value);

  /** Literals of which one is in each value that fulfils it; empty if there are no such. */
  default List<Literal> literals() {
    return List.of();
  }

  /** A string, perhaps with wildcards. */
  record Text(TextPattern pattern, boolean isCased) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      return pattern.matches(isCased ? value.canonical() : value.folded());
    }

    @Override
    public List<Literal> literals() {
      return pattern.literal().stream().toList();
    }
  }

  /** A regular expression, which may match anywhere in a value. */
  record Regex(Pattern pattern, List<Literal> literals) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      return pattern.matcher(value.text()).find();
    }
  }

  /** Addresses. */
  record Network(AddressBlock block) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      var address = value.address();
      return address != null && block.contains(address);
    }
  }

  /** A number that a value is equal to, or compared with. */
  record Numeric(BigDecimal number, IntPredicate sign) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      var other = value.number();
      return other != null && sign.test(other.compareTo(number));
    }
  }
}
