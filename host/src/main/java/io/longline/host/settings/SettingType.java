package io.longline.host.settings;

import io.longline.api.Secret;
import io.longline.host.settings.WrittenValue.Form;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What values a setting can have. Immutable.
 *
 * @param expected what would be right, to follow "write", such as "a whole number"
 * @param forms how it is written in the settings file
 * @param isSecret whether nobody must see a value
 * @param parser makes the value; throws {@link BadValueException} or {@link
 *     IllegalArgumentException} if it is none
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
     * @throws BadValueException if it is none, with a message that is better than {@link #expected}
     */
    T parse(WrittenValue written) throws BadValueException;
  }

  /**
   * Makes a value of what was written.
   *
   * @throws BadValueException if it is none; the message says what would be right
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

  /** A text. */
  public static SettingType<String> text() {
    return ofText("a text", text -> text);
  }

  /** A text that matches a regular expression. */
  public static SettingType<String> text(Pattern pattern) {
    return ofText(
        "a text that matches " + pattern,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** What can be made of a text in quotes. */
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

  /** A whole number that fits an {@code int}. */
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

  /** A duration, not longer than this if there is a limit. */
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
   * A duration as users write it.
   *
   * @throws IllegalArgumentException if it is none
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
   * A path; a relative one starts at the folder of the settings file, or where the command runs.
   */
  public static SettingType<Path> path() {
    return new SettingType<>(
        "a path",
        Set.of(Form.TEXT),
        false,
        written -> {
          if (written.text().isBlank()) {
            throw new BadValueException(
                written.source() == WrittenValue.Source.FILE
                    ? "write a path"
                    : "write a path; is a variable of the shell unset?");
          }
          if (written.text().equals("~") || written.text().startsWith("~/")) {
            throw new BadValueException("write the whole path, since ~ is known to shells alone");
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

  /** The word for a constant: small letters with {@code -}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A secret; whoever reads the settings has looked up where it is said to be. */
  public static SettingType<Secret> secret() {
    return new SettingType<>(
        "where the secret is, { env = \"NAME\" } or { file = \"PATH\" }",
        Set.of(Form.TABLE),
        true,
        written -> Secret.of(written.text()));
  }

  /** Some texts, one at least; with commas between them in a flag or a variable. */
  public static SettingType<List<String>> list(SettingType<String> element) {
    return list(element, true);
  }

  /**
   * Some texts, one at least.
   *
   * @param isSplit whether there may be several in one flag, with commas between them
   */
  public static SettingType<List<String>> list(SettingType<String> element, boolean isSplit) {
    return new SettingType<>(
        "a list, such as [\"a\", \"b\"], of which each is " + element.expected(),
        Set.of(Form.LIST),
        false,
        written -> {
          var texts =
              written.form() == Form.LIST
                      || written.source() == WrittenValue.Source.FLAG && !isSplit
                  ? written.texts()
                  : written.texts().stream()
                      .flatMap(text -> Pattern.compile(",").splitAsStream(text))
                      .map(String::strip)
                      .toList();
          if (written.source() != WrittenValue.Source.DEFAULT
              && (texts.isEmpty() || texts.stream().anyMatch(String::isEmpty))) {
            throw new BadValueException(
                written.form() == Form.LIST
                    ? "write one at least, none of them empty, or leave it out"
                    : "write one at least, none of them empty; is a variable of the shell unset?");
          }
          for (var text : texts.equals(List.of("")) ? List.<String>of() : texts) {
            element
                .parser()
                .parse(
                    new WrittenValue(
                        Form.ANY,
                        List.of(text),
                        written.source(),
                        written.where(),
                        written.folder()));
          }
          return texts.equals(List.of("")) ? List.of() : texts;
        });
  }
}
