package io.longline.plugins.sigma;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hits that are known and are not to be reported. Immutable.
 *
 * @param rule the id, name or title of a rule; {@code *} for all
 * @param field the field whose value decides, by the name that rules or the log have; null for none
 * @param value the value, perhaps with wildcards, or a network; null for none
 * @param until the first microsecond at which hits are reported again, in event time
 */
record Suppression(String rule, @Nullable String field, @Nullable String value, long until) {

  /**
   * Reads an entry of the site file.
   *
   * @throws RuleException if it cannot be used
   */
  static Suppression of(Map<?, ?> entry) throws RuleException {
    var field = Maps.text(entry, "field");
    var value = Maps.text(entry, "value");
    if ((field == null) != (value == null)) {
      throw new RuleException("a suppression has either a field and a value, or neither");
    }
    return new Suppression(Maps.required(entry, "rule"), field, value, until(entry));
  }

  private static long until(Map<?, ?> entry) throws RuleException {
    var text = Maps.text(entry, "until");
    if (text == null) {
      return Long.MAX_VALUE;
    }
    try {
      var instant =
          text.indexOf('T') > 0
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      return Math.multiplyExact(instant.getEpochSecond(), 1_000_000L);
    } catch (DateTimeException | ArithmeticException e) {
      throw new RuleException(
          "\"until: " + text + "\" is no day or time: write 2026-12-31 or 2026-12-31T12:00:00Z");
    }
  }

  boolean isFor(RuleHeader header) {
    return rule.equals("*") || header.isNamed(rule);
  }

  /** The test of the field; null if all hits of the rule are meant. */
  @Nullable FieldTest test(FieldNames names) {
    if (field == null || value == null) {
      return null;
    }
    var block = value.indexOf('/') < 0 ? null : AddressBlock.parse(value).orElse(null);
    var test =
        block == null
            ? new ValueTest.Text(new TextPattern(SigmaText.parse(value), false), false)
            : new ValueTest.Network(block);
    return new FieldTest.Of(names.number(field), test);
  }
}
