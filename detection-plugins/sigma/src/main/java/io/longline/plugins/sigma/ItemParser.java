package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of detections: a field with modifiers, and values. Confined to one thread.
 *
 * @param fields the fields of the rule's log
 * @param placeholders the values of placeholders
 */
record ItemParser(FieldNames fields, Map<String, List<String>> placeholders) {

  private static final int MAX_REGEX = 10_000;
  private static final int MAX_GROUPS = 200;

  /**
   * Reads an item.
   *
   * @param key the field with its modifiers; a search in all fields if it names none
   * @param value a scalar or a list of scalars
   */
  Expression item(String key, @Nullable Object value) throws RuleException {
    int bar = key.indexOf('|');
    var field = bar < 0 ? key : key.substring(0, bar);
    var modifiers = ItemModifiers.parse(bar < 0 ? "" : key.substring(bar + 1));
    var values = value instanceof Collection<?> list && !list.isEmpty() ? list : list(value);
    var tests = new ArrayList<Expression>();
    for (var each : values) {
      tests.add(value(field, modifiers, each));
    }
    Expression all =
        tests.size() == 1
            ? tests.get(0)
            : modifiers.isAll() ? new Expression.And(tests) : new Expression.Or(tests);
    return modifiers.isNegated() ? new Expression.Not(all) : all;
  }

  /** An empty list is no value, as null is. */
  private static List<@Nullable Object> list(@Nullable Object value) {
    var list = new ArrayList<@Nullable Object>();
    list.add(value instanceof Collection<?> ? null : value);
    return list;
  }

  /** Reads a search in all fields. */
  Expression keyword(@Nullable Object value) throws RuleException {
    return value("", ItemModifiers.parse(""), value);
  }

  private Expression value(String field, ItemModifiers modifiers, @Nullable Object value)
      throws RuleException {
    if (value instanceof Map || value instanceof Collection) {
      throw new RuleException(
          "the value of \"%s\" is neither a text, a number, true, false, null nor a list of such"
              .formatted(field));
    }
    if (field.isEmpty()) {
      return keyword(modifiers, value);
    }
    int number = fields.number(field);
    var test = fieldTest(number, modifiers, value);
    if (test != null) {
      return new Expression.Check(test);
    }
    var tests = new ArrayList<Expression>();
    for (var each : valueTests(modifiers, value)) {
      tests.add(new Expression.Check(new FieldTest.Of(number, each)));
    }
    return tests.size() == 1 ? tests.get(0) : new Expression.Or(tests);
  }

  private Expression keyword(ItemModifiers modifiers, @Nullable Object value) throws RuleException {
    if (value == null || modifiers.isOfField()) {
      throw new RuleException(
          value == null
              ? "a null value needs a field"
              : "the modifier %s needs a field".formatted(modifiers.ofField()));
    }
    var placed =
        modifiers.relation() == null && !modifiers.isTyped()
            ? modifiers.with("contains")
            : modifiers;
    var tests = new ArrayList<Expression>();
    for (var each : valueTests(placed, value)) {
      tests.add(new Expression.Keyword(each));
    }
    return tests.size() == 1 ? tests.get(0) : new Expression.Or(tests);
  }

  /** The test of a field as such, and not of its values; null if it is another one. */
  private @Nullable FieldTest fieldTest(int field, ItemModifiers modifiers, @Nullable Object value)
      throws RuleException {
    if (modifiers.has("exists")) {
      if (!(value instanceof Boolean isExpected)) {
        throw new RuleException("the modifier exists needs true or false");
      }
      return new FieldTest.Exists(field, isExpected);
    }
    if (modifiers.has("fieldref")) {
      var other = TextTransforms.name(SigmaText.parse(text(value, "fieldref")));
      var relation = modifiers.relation();
      return new FieldTest.Reference(
          field,
          fields.number(other),
          relation == null ? FieldTest.Relation.EQUALS : relation,
          modifiers.has("cased"));
    }
    var part = modifiers.timePart();
    if (part != null) {
      var sign = modifiers.comparison();
      long expected = number(value, "minute, hour and the like").longValue();
      return new FieldTest.TimePart(
          field,
          part,
          found -> (sign == null ? ItemModifiers.EQUAL : sign).test(Long.compare(found, expected)));
    }
    if (value == null) {
      if (!modifiers.isPlain()) {
        throw new RuleException("null cannot have the modifiers " + modifiers);
      }
      return new FieldTest.Null(field);
    }
    return null;
  }

  private List<ValueTest> valueTests(ItemModifiers modifiers, @Nullable Object value)
      throws RuleException {
    if (modifiers.has("re")) {
      return List.of(regex(modifiers, text(value, "re")));
    }
    if (modifiers.has("cidr")) {
      var text = text(value, "cidr");
      var block = AddressBlock.parse(text.strip());
      return List.of(
          new ValueTest.Network(
              block.orElseThrow(() -> new RuleException("\"" + text + "\" is no network"))));
    }
    var sign = modifiers.comparison();
    if (sign != null) {
      return List.of(new ValueTest.Numeric(number(value, "lt, lte, gt and gte"), sign));
    }
    if (value instanceof Number number && modifiers.isPlain()) {
      return List.of(number(number));
    }
    var tests = new ArrayList<ValueTest>();
    for (var text : modifiers.apply(SigmaText.parse(text(value, "")), placeholders)) {
      tests.add(
          new ValueTest.Text(
              new TextPattern(text, modifiers.has("cased")), modifiers.has("cased")));
    }
    return tests;
  }

  private static ValueTest number(Number value) throws RuleException {
    return new ValueTest.Numeric(number(value, "equality"), ItemModifiers.EQUAL);
  }

  private static BigDecimal number(@Nullable Object value, String modifier) throws RuleException {
    var number =
        value instanceof Number || value instanceof String
            ? Numbers.parse(value.toString().strip().getBytes(UTF_8))
            : null;
    if (number == null) {
      throw new RuleException("%s need a number, not \"%s\"".formatted(modifier, value));
    }
    return number;
  }

  private static String text(@Nullable Object value, String modifier) throws RuleException {
    if (value == null) {
      throw new RuleException("null cannot have the modifier " + modifier);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static ValueTest regex(ItemModifiers modifiers, String text) throws RuleException {
    int flags =
        (modifiers.hasAny("i", "ignorecase") ? Pattern.CASE_INSENSITIVE : 0)
            | (modifiers.hasAny("m", "multiline") ? Pattern.MULTILINE : 0)
            | (modifiers.hasAny("s", "dotall") ? Pattern.DOTALL : 0);
    if (text.length() > MAX_REGEX || text.chars().filter(c -> c == '(').count() > MAX_GROUPS) {
      throw new RuleException(
          "a regular expression has more than %,d characters or %d groups"
              .formatted(MAX_REGEX, MAX_GROUPS));
    }
    var relation = modifiers.relation();
    var placed =
        relation == FieldTest.Relation.STARTS_WITH
            ? "^(?:" + text + ")"
            : relation == FieldTest.Relation.ENDS_WITH ? "(?:" + text + ")$" : text;
    try {
      var literal = RegexLiterals.of(placed);
      return new ValueTest.Regex(Pattern.compile(placed, flags), literal);
    } catch (PatternSyntaxException e) {
      throw new RuleException(
          "the regular expression \"%s\" cannot be used: %s".formatted(text, e.getMessage()));
    }
  }
}
