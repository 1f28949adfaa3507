package io.longline.plugins.sigma;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a rule asks of a single value, or of an element of a set. Immutable. */
sealed interface ValueTest {

  /** Whether a value fulfils it. */
  boolean matches(Value value);

  /** A literal that is in each value that fulfils it; none if there is no such. */
  default Optional<Literal> literal() {
    return Optional.empty();
  }

  /** A string, perhaps with wildcards. */
  record Text(TextPattern pattern, boolean isCased) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      return pattern.matches(isCased ? value.canonical() : value.folded());
    }

    @Override
    public Optional<Literal> literal() {
      return pattern.literal();
    }
  }

  /** A regular expression, which may match anywhere in a value. */
  record Regex(Pattern pattern, Optional<Literal> literal) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      return pattern.matcher(value.text()).find();
    }
  }

  /** Addresses. */
  record Network(AddressBlock block) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      return block.contains(value.bytes());
    }
  }

  /** A number that a value is equal to, or compared with. */
  record Numeric(BigDecimal number, IntPredicate sign) implements ValueTest {

    @Override
    public boolean matches(Value value) {
      var other = Numbers.parse(value.bytes());
      return other != null && sign.test(other.compareTo(number));
    }
  }
}
