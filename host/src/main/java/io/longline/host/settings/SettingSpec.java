package io.longline.host.settings;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A setting that is declared. Immutable.
 *
 * @param key what the settings file calls it, from the top, with dots
 * @param flag the flag that sets it; null if there is none
 * @param label what the flag's value is, for people
 * @param type what values it can have
 * @param defaultText its value without anybody's saying, as people would write it; null if it has
 *     none
 * @param defaultNote what that is, where it is no text: "the number of processors"; empty if it is
 * @param isRequired whether somebody must say it
 * @param variables environment variables that set it besides its own, for those who come from
 *     BroAPT
 * @param description what it does
 * @param <T> the class of its values
 */
public record SettingSpec<T>(
    String key,
    @Nullable String flag,
    String label,
    SettingType<T> type,
    @Nullable String defaultText,
    String defaultNote,
    boolean isRequired,
    List<String> variables,
    String description) {

  /** Makes a copy. */
  public SettingSpec {
    variables = List.copyOf(variables);
  }

  /** A setting with a default that has a text. */
  public static <T> SettingSpec<T> of(
      String key,
      @Nullable String flag,
      String label,
      SettingType<T> type,
      @Nullable String defaultText,
      String description) {
    return new SettingSpec<>(
        key, flag, label, type, defaultText, "", false, List.of(), description);
  }

  /** The same with words for what holds without anybody's saying. */
  public SettingSpec<T> withDefaultNote(String note) {
    return new SettingSpec<>(
        key, flag, label, type, defaultText, note, isRequired, variables, description);
  }

  /** The same with another default. */
  public SettingSpec<T> withDefault(String text) {
    return new SettingSpec<>(
        key, flag, label, type, text, defaultNote, isRequired, variables, description);
  }

  /** The same that other variables set too. */
  public SettingSpec<T> withVariables(String... names) {
    return new SettingSpec<>(
        key, flag, label, type, defaultText, defaultNote, isRequired, List.of(names), description);
  }

  /** The same within a section. */
  public SettingSpec<T> in(String section) {
    return new SettingSpec<>(
        section + "." + key,
        flag,
        label,
        type,
        defaultText,
        defaultNote,
        isRequired,
        variables,
        description);
  }

  /** The environment variable that sets it. */
  public String variable() {
    return variable(key);
  }

  /** The environment variable for a key. */
  public static String variable(String key) {
    return "LONGLINE_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** What holds without anybody's saying, for people. */
  public String defaultForPeople() {
    return !defaultNote.isEmpty() ? defaultNote : defaultText == null ? "" : defaultText;
  }
}
