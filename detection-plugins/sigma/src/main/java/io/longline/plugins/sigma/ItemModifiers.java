package io.longline.plugins.sigma;

import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The modifiers of an item, in their order (Sigma modifiers appendix 2.1). Immutable.
 *
 * @param names their names
 */
record ItemModifiers(List<String> names) {

  /** The sign of a comparison whose two sides are equal. */
  static final IntPredicate EQUAL = sign -> sign == 0;

  /** Those that change what is done with the result of the others. */
  private static final Set<String> LINKS = Set.of("all", "neq", "cased");

  private static final Map<String, FieldTest.Relation> RELATIONS =
      Map.of(
          "contains", FieldTest.Relation.CONTAINS,
          "startswith", FieldTest.Relation.STARTS_WITH,
          "endswith", FieldTest.Relation.ENDS_WITH);

  private static final Map<String, IntPredicate> COMPARISONS =
      Map.of(
          "lt", sign -> sign < 0,
          "lte", sign -> sign <= 0,
          "gt", sign -> sign > 0,
          "gte", sign -> sign >= 0);

  private static final Map<String, TemporalField> TIME_PARTS =
      Map.of(
          "minute", ChronoField.MINUTE_OF_HOUR,
          "hour", ChronoField.HOUR_OF_DAY,
          "day", ChronoField.DAY_OF_MONTH,
          "week", IsoFields.WEEK_OF_WEEK_BASED_YEAR,
          "month", ChronoField.MONTH_OF_YEAR,
          "year", ChronoField.YEAR);

  private static final Set<String> TEXTS =
      Set.of("base64", "base64offset", "wide", "utf16le", "utf16be", "utf16", "windash", "expand");

  private static final Set<String> REGEX_FLAGS =
      Set.of("i", "ignorecase", "m", "multiline", "s", "dotall");

  /** Those that say what kind of value it is, of which an item has one at most. */
  private static final Set<String> TYPES = Set.of("re", "cidr", "exists", "fieldref");

  /**
   * Reads modifiers.
   *
   * @param text their names with bars between them; empty for none
   * @throws RuleException if there is no such modifier, or they cannot stand together
   */
  static ItemModifiers parse(String text) throws RuleException {
    var names = text.isEmpty() ? List.<String>of() : List.of(text.split("\\|", -1));
    for (var name : names) {
      if (!isKnown(name)) {
        throw new RuleException("there is no modifier \"" + name + "\"");
      }
    }
    var modifiers = new ItemModifiers(names);
    modifiers.check();
    return modifiers;
  }

  private static boolean isKnown(String name) {
    return LINKS.contains(name)
        || RELATIONS.containsKey(name)
        || COMPARISONS.containsKey(name)
        || TIME_PARTS.containsKey(name)
        || TEXTS.contains(name)
        || REGEX_FLAGS.contains(name)
        || TYPES.contains(name);
  }

  private void check() throws RuleException {
    for (var name : names) {
      boolean isFlag = REGEX_FLAGS.contains(name);
      if (isFlag && names.subList(0, names.indexOf(name)).stream().noneMatch("re"::equals)) {
        throw new RuleException("the modifier " + name + " has to follow the modifier re");
      }
    }
    long types = names.stream().filter(TYPES::contains).count();
    boolean isNumeric = comparison() != null || timePart() != null;
    boolean isText = names.stream().anyMatch(TEXTS::contains);
    boolean isPlaced = relation() != null;
    boolean hasNoPlace = has("cidr") || has("exists") || isNumeric;
    if (types > 1
        || (types == 1 && (isText || isNumeric))
        || (isText && isNumeric)
        || (isPlaced && hasNoPlace)) {
      throw new RuleException("the modifiers " + this + " cannot stand together");
    }
  }

  /** These and one more, behind them. */
  ItemModifiers with(String name) {
    var more = new ArrayList<>(names);
    more.add(name);
    return new ItemModifiers(List.copyOf(more));
  }

  boolean has(String name) {
    return names.contains(name);
  }

  boolean hasAny(String one, String other) {
    return has(one) || has(other);
  }

  /** Whether all values have to be found, and not one of them. */
  boolean isAll() {
    return has("all");
  }

  /** Whether none of the values may be found. */
  boolean isNegated() {
    return has("neq");
  }

  /** Whether values are to be compared as they are. */
  boolean isPlain() {
    return LINKS.containsAll(names);
  }

  /** Whether they say what kind of value it is. */
  boolean isTyped() {
    return names.stream().anyMatch(TYPES::contains) || comparison() != null;
  }

  /** Whether one of them makes no sense for a search in all fields. */
  boolean isOfField() {
    return has("exists") || has("fieldref") || timePart() != null;
  }

  /** The one that makes no sense for a search in all fields. */
  String ofField() {
    return names.stream()
        .filter(name -> TYPES.contains(name) || TIME_PARTS.containsKey(name))
        .findFirst()
        .orElse("");
  }

  /** Where in a field the value has to be; null for the whole field. */
  FieldTest.@Nullable Relation relation() {
    FieldTest.Relation found = null;
    for (var name : names) {
      var relation = RELATIONS.get(name);
      if (relation != null) {
        boolean isBoth = found != null && found != relation;
        found = isBoth ? FieldTest.Relation.CONTAINS : relation;
      }
    }
    return found;
  }

  /** How numbers have to compare; null if they are not compared. */
  @Nullable IntPredicate comparison() {
    return names.stream()
        .filter(COMPARISONS::containsKey)
        .findFirst()
        .map(COMPARISONS::get)
        .orElse(null);
  }

  /** The part of a time that is meant; null for none. */
  @Nullable TemporalField timePart() {
    return names.stream()
        .filter(TIME_PARTS::containsKey)
        .findFirst()
        .map(TIME_PARTS::get)
        .orElse(null);
  }

  /** The strings that they make of one, in their order. */
  List<SigmaText> apply(SigmaText text, Map<String, List<String>> placeholders)
      throws RuleException {
    var texts = List.of(text);
    for (var name : names) {
      var next = new ArrayList<SigmaText>();
      for (var each : texts) {
        next.addAll(apply(name, each, placeholders));
      }
      texts = next;
    }
    return texts;
  }

  private static List<SigmaText> apply(
      String name, SigmaText text, Map<String, List<String>> placeholders) throws RuleException {
    var any = List.<SigmaText.Part>of(SigmaText.Wildcard.ANY);
    var before = text.isOpenAtStart() ? List.<SigmaText.Part>of() : any;
    var after = text.isOpenAtEnd() ? List.<SigmaText.Part>of() : any;
    return switch (name) {
      case "contains" ->
          List.of(text.parts().isEmpty() ? new SigmaText(any) : text.between(before, after));
      case "startswith" -> List.of(text.between(List.of(), after));
      case "endswith" -> List.of(text.between(before, List.of()));
      case "base64" -> List.of(TextTransforms.base64(text));
      case "base64offset" -> TextTransforms.base64Offset(text);
      case "wide", "utf16le" -> List.of(TextTransforms.utf16(text, false));
      case "utf16be" -> List.of(TextTransforms.utf16(text, true));
      case "utf16" -> List.of(TextTransforms.utf16Marked(text));
      case "windash" -> TextTransforms.windash(text);
      case "expand" -> TextTransforms.expand(text, placeholders);
      default -> List.of(text);
    };
  }

  @Override
  public String toString() {
    return String.join("|", names);
  }
}
