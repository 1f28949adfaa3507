package io.longline.api;

import java.util.Objects;

/**
 * A setting that must stay secret, such as a password: the user names an environment variable or a
 * file that contains it, and its text is never printed. Immutable.
 *
 * @since 0.1.0
 */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  /** A secret with this text. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text. Keep it out of messages; the host masks it in its own output where it can. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** A fixed text that reveals nothing. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
