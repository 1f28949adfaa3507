package io.longline.api;

import java.util.Objects;

/**
 * A setting that nobody must see, such as a password: the user names an environment variable or a
 * file that has it, and its text is printed nowhere. Immutable.
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

  /** The text. Keep it out of messages; where the host can, it masks it in what it prints. */
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

  /** Says that it is a secret, and nothing of its text. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
