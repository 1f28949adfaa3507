package io.longline.host.settings;

import io.longline.api.Secret;
import io.longline.host.settings.WrittenValue.Form;
import io.longline.host.settings.WrittenValue.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that a setting can have. Immutable.
 *
 * @param expected what a valid value is, to follow "write", such as "a whole number"
 * @param forms how a value is written in the settings file
 * @param isSecret whether values must not be shown
 * @param parser makes the value; throws {@link BadValueException} or {@link
 *     IllegalArgumentException} if what was written is not valid
 * @param <T> the class of the values
 */
public record SettingType<T>(String expected, Set<Form> forms, boolean isSecret, Parser<T> parser) {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  /** Makes a value of what was written. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * The value.
     *
     * @throws BadValueException if it is not valid, with a better message than {@link #expected}
     */
    T parse(WrittenValue written) throws BadValueException;
  }

  /**
   * Makes a value of what was written.
   *
   * @throws BadValueException if it is not valid; the message says what would be
   */
  public T parse(WrittenValue written) throws BadValueException {
    if (written.form() != Form.ANY && !forms.contains(written.form())) {
      throw new BadValueException("write " + expected + quotes(written.form()));
    }
    try {
      return parser.parse(written);
    } catch (IllegalArgumentException e) {
      throw new BadValueException("write " + expected);
    }
  }

  private String quotes(Form written) {
    return forms.contains(Form.TEXT)
        ? ", in quotes"
        : written == Form.TEXT && !forms.contains(Form.LIST) ? ", without quotes" : "";
  }

  /** Whether a value is a list. */
  public boolean isList() {
    return forms.contains(Form.LIST);
  }

  /** Any string. */
  public static SettingType<String> text() {
    return ofText("a string", text -> text);
  }

  /** A string that matches a regular expression. */
  public static SettingType<String> text(Pattern pattern) {
    return ofText(
        "a string that matches " + pattern,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** Values that are made of a string. */
  public static <T> SettingType<T> ofText(String expected, Function<String, T> parser) {
    return new SettingType<>(
        expected, Set.of(Form.TEXT), false, written -> parser.apply(written.text().strip()));
  }

  /** A whole number. */
  public static SettingType<Long> whole(long min, long max) {
    return new SettingType<>(
        "a whole number" + range(min, min == Long.MIN_VALUE, max, max == Long.MAX_VALUE),
        Set.of(Form.WHOLE),
        false,
        written -> within(Long.valueOf(written.text().strip()), min, max));
  }

  /** A whole number that fits into an {@code int}. */
  public static SettingType<Integer> number(int min, int max) {
    return new SettingType<>(
        "a whole number" + range(min, min == Integer.MIN_VALUE, max, max == Integer.MAX_VALUE),
        Set.of(Form.WHOLE),
        false,
        written -> within(Integer.valueOf(written.text().strip()), min, max));
  }

  /** A number. */
  public static SettingType<Double> decimal(double min, double max) {
    return new SettingType<>(
        "a number"
            + range(min, min == Double.NEGATIVE_INFINITY, max, max == Double.POSITIVE_INFINITY),
        Set.of(Form.WHOLE, Form.DECIMAL),
        false,
        written -> within(Double.valueOf(written.text().strip()), min, max));
  }

  private static String range(Object min, boolean isEndless, Object max, boolean isOpen) {
    if (isEndless) {
      return isOpen ? "" : ", " + max + " or less";
    }
    return isOpen ? ", " + min + " or more" : " from " + min + " to " + max;
  }

  private static <N extends Comparable<N>> N within(N value, N min, N max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(value.toString());
    }
    return value;
  }

  /** True or false. */
  public static SettingType<Boolean> flag() {
    return new SettingType<>(
        "true or false",
        Set.of(Form.FLAG),
        false,
        written ->
            switch (written.text().strip()) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(written.text());
            });
  }

  /** A duration; null as the maximum for no limit. */
  public static SettingType<Duration> duration(Duration min, @Nullable Duration max) {
    var range =
        max != null
            ? " from " + durationText(min) + " to " + durationText(max)
            : min.isZero() ? "" : ", " + durationText(min) + " or more";
    return ofText(
        "a number with ms, s, m, h or d, such as 30s" + range,
        text -> {
          var duration = duration(text);
          if (duration.compareTo(min) < 0 || max != null && duration.compareTo(max) > 0) {
            throw new IllegalArgumentException(text);
          }
          return duration;
        });
  }

  /**
   * A duration as people write it.
   *
   * @throws IllegalArgumentException if the text is not a valid duration
   */
  public static Duration duration(String text) {
    var match = DURATION.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    long number = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String durationText(Duration duration) {
    if (duration.toMillis() % 1_000 != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    return seconds % 60 != 0 || seconds == 0
        ? seconds + "s"
        : seconds % 3_600 != 0 ? seconds / 60 + "m" : seconds / 3_600 + "h";
  }

  /**
   * A path. A relative path starts at the folder of the settings file, or where the command runs.
   */
  public static SettingType<Path> path() {
    return new SettingType<>(
        "a path",
        Set.of(Form.TEXT),
        false,
        written -> {
          if (written.text().isBlank()) {
            throw new BadValueException(
                written.source() == Source.FILE
                    ? "write a path"
                    : "write a path; is a shell variable unset?");
          }
          if (written.text().equals("~") || written.text().startsWith("~/")) {
            throw new BadValueException("write the whole path, since only shells know ~");
          }
          try {
            return written.folder().resolve(written.text());
          } catch (InvalidPathException e) {
            throw new BadValueException("write a path: " + e.getReason());
          }
        });
  }

  /** One of some words. */
  public static <T> SettingType<T> choice(List<T> values, Function<T, String> word) {
    var words = values.stream().map(word).toList();
    return ofText(
        "one of " + String.join(", ", words),
        text -> {
          int index = words.indexOf(text);
          if (index < 0) {
            throw new IllegalArgumentException(text);
          }
          return values.get(index);
        });
  }

  /** The word for a constant: lower case with {@code -}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A secret. The parser is given the secret itself, and not where it is. */
  public static SettingType<Secret> secret() {
    return new SettingType<>(
        "where the secret is, { env = \"NAME\" } or { file = \"PATH\" }",
        Set.of(Form.TABLE),
        true,
        written -> Secret.of(written.text()));
  }

  /** A list of one or more values; in a flag or a variable with commas between them. */
  public static <T> SettingType<List<T>> list(SettingType<T> element) {
    return list(element, true);
  }

  /**
   * A list of one or more values.
   *
   * @param isSplit whether one flag can have several, with commas between them
   */
  public static <T> SettingType<List<T>> list(SettingType<T> element, boolean isSplit) {
    return new SettingType<>(
        "a list, such as [\"a\", \"b\"], where each element is " + element.expected(),
        Set.of(Form.LIST),
        false,
        written -> {
          var values = new ArrayList<T>();
          for (var each : elements(written, isSplit)) {
            values.add(element.parser().parse(written.withText(each)));
          }
          return List.copyOf(values);
        });
  }

  private static List<String> elements(WrittenValue written, boolean isSplit)
      throws BadValueException {
    boolean isList = written.form() == Form.LIST;
    boolean isWhole = isList || written.source() == Source.FLAG && !isSplit;
    var texts = isWhole ? written.texts() : split(written.texts());
    if (written.source() == Source.DEFAULT) {
      return texts.equals(List.of("")) ? List.of() : texts;
    }
    if (texts.isEmpty() || texts.contains("")) {
      throw new BadValueException(
          isList
              ? "write at least one element, none of them empty, or leave the setting out"
              : "write at least one element, none of them empty; is a shell variable unset?");
    }
    return texts;
  }

  private static List<String> split(List<String> texts) {
    return texts.stream()
        .flatMap(text -> Pattern.compile(",").splitAsStream(text))
        .map(String::strip)
        .toList();
  }
}
