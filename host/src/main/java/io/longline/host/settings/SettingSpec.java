package io.longline.host.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a setting. Immutable: the methods that add to it return a new declaration.
 *
 * <pre>{@code
 * setting("workers", number(1, 10_000))
 *     .flag("--workers", "N")
 *     .otherwise("the number of processors")
 *     .says("How many threads call hooks.")
 * }</pre>
 *
 * @param key its name in the settings file, from the top, with dots between sections
 * @param type what values it can have
 * @param flag the flag of the commands that sets it, if there is one
 * @param defaultValue its value if nobody has written one
 * @param otherVariables environment variables that set it besides {@link #variable()}
 * @param description what it does
 * @param <T> the class of its values
 */
public record SettingSpec<T>(
    String key,
    SettingType<T> type,
    Optional<Flag> flag,
    SettingDefault defaultValue,
    List<String> otherVariables,
    String description) {

  /** Makes a copy of the list. */
  public SettingSpec {
    otherVariables = List.copyOf(otherVariables);
  }

  /**
   * A flag of a command.
   *
   * @param name with its hyphens
   * @param label what its value is, for people; empty if it takes none
   */
  public record Flag(String name, String label) {

    /** Whether the flag alone means true. */
    public boolean isSwitch() {
      return label.isEmpty();
    }
  }

  /** Declares a setting that has neither a flag nor a default. */
  public static <T> SettingSpec<T> setting(String key, SettingType<T> type) {
    return new SettingSpec<>(key, type, Optional.empty(), new SettingDefault.None(), List.of(), "");
  }

  /** Adds a flag that takes a value. */
  public SettingSpec<T> flag(String name, String label) {
    return with(new Flag(name, label));
  }

  /** Adds a flag that means true by itself. */
  public SettingSpec<T> flag(String name) {
    return with(new Flag(name, ""));
  }

  private SettingSpec<T> with(Flag newFlag) {
    return new SettingSpec<>(
        key, type, Optional.of(newFlag), defaultValue, otherVariables, description);
  }

  /** Sets the default, as people would write it. */
  public SettingSpec<T> byDefault(String text) {
    return with(new SettingDefault.Text(text));
  }

  /** Says, for people, what the program does if nobody has written a value. */
  public SettingSpec<T> otherwise(String words) {
    return with(new SettingDefault.Words(words));
  }

  /** Has a value demanded. */
  public SettingSpec<T> required() {
    return with(new SettingDefault.Required());
  }

  private SettingSpec<T> with(SettingDefault newDefault) {
    return new SettingSpec<>(key, type, flag, newDefault, otherVariables, description);
  }

  /** Adds other environment variables that set it, for those who come from BroAPT. */
  public SettingSpec<T> alsoFrom(String... variables) {
    return new SettingSpec<>(key, type, flag, defaultValue, List.of(variables), description);
  }

  /** Sets the description. */
  public SettingSpec<T> says(String text) {
    return new SettingSpec<>(key, type, flag, defaultValue, otherVariables, text);
  }

  /** Puts the setting into a section. */
  public SettingSpec<T> in(String section) {
    return new SettingSpec<>(
        section + "." + key, type, flag, defaultValue, otherVariables, description);
  }

  /** The environment variable that sets it. */
  public String variable() {
    return variable(key);
  }

  /** The environment variable for a key. */
  public static String variable(String key) {
    return "LONGLINE_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Whether somebody must write a value. */
  public boolean isRequired() {
    return defaultValue instanceof SettingDefault.Required;
  }

  /** The default as people would write it; null if it has none, or none that can be written. */
  @Nullable String defaultText() {
    return defaultValue instanceof SettingDefault.Text value ? value.text() : null;
  }
}
