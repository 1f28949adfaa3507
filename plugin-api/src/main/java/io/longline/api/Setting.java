package io.longline.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one setting of a plugin: a component of the record that {@link Hook#settings()} names.
 *
 * <pre>{@code
 * public record ReputationSettings(
 *     @Setting(description = "Where to ask.", defaultValue = "https://reputation.example") String url,
 *     @Setting(description = "How long an answer may take.", defaultValue = "10s", max = "5m") Duration patience,
 *     @Setting(description = "The key of the account.") Secret apiKey) {}
 * }</pre>
 *
 * <p>The user writes it in the settings file as {@code api-key}, in the section {@code
 * [plugins.ID.settings]}. The type is one of {@code String}, {@code int}, {@code long}, {@code
 * double}, {@code boolean}, {@link java.time.Duration}, {@link java.nio.file.Path}, an enum
 * (written in small letters with {@code -}), {@link Secret}, {@code List<String>}, {@code
 * List<Path>}, or an {@link java.util.Optional} of one of these. A relative path in the settings
 * file starts at the folder of that file. A setting that has no default and is not an {@code
 * Optional} must be given. The record's constructor can check values against each other: the
 * message of an {@link IllegalArgumentException} that it throws is shown to the user.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** The value of an element of this annotation that is not given; no user can write it. */
  String NONE = "\u0000";

  /** What the setting does, in a sentence for the user. */
  String description() default "";

  /**
   * The value if the user gives none, as the user would write it; the elements of a list with
   * commas between them.
   */
  String defaultValue() default NONE;

  /** The least value, of a number or a duration, as the user would write it. */
  String min() default NONE;

  /** The greatest value, of a number or a duration, as the user would write it. */
  String max() default NONE;

  /**
   * A regular expression that a {@code String}, or each element of a list, must match as a whole.
   */
  String pattern() default NONE;
}
