package io.longline.api.internal;

import io.longline.api.Part;

/**
 * How large the facts of a {@link Part} may be, and how many panes they may lie in; {@link
 * Panes#check} has the bounds of their times. Thread-safe.
 */
public final class FactBounds {

  private FactBounds() {}

  /**
   * Checks a key.
   *
   * @throws IllegalArgumentException if it is too long
   */
  public static void checkKey(byte[] key) {
    if (key.length > Part.MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "The key of a fact has %,d bytes: the most is %,d. Put a digest of a long text, or a part of it."
              .formatted(key.length, Part.MAX_KEY_BYTES));
    }
  }

  /**
   * Checks a value, also one that a combiner has made.
   *
   * @throws IllegalArgumentException if it is too long
   */
  public static void checkValue(byte[] value) {
    if (value.length > Part.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "The value of a fact has %,d bytes: the most is %,d. Put several facts instead of a long one."
              .formatted(value.length, Part.MAX_VALUE_BYTES));
    }
  }

  /**
   * Checks the number of panes that the facts of one part lie in.
   *
   * @throws IllegalArgumentException if there are too many
   */
  public static void checkSpans(int panes) {
    if (panes > Part.MAX_SPANS) {
      throw new IllegalArgumentException(
          "The facts of one batch lie in more than %,d spans of time, as the windows divide it. Use longer windows, or put no facts whose times are wrong."
              .formatted(Part.MAX_SPANS));
    }
  }

  /**
   * The exception for {@code context.part()} where there is none.
   *
   * @param hook what the hook is called in messages
   */
  public static IllegalStateException noPart(String hook, boolean isWindowHook) {
    return new IllegalStateException(
        isWindowHook
            ? hook + " can put facts into a part only while it is called with a batch of logs."
            : hook + " has no part to put facts into: it does not implement WindowHook.");
  }
}
