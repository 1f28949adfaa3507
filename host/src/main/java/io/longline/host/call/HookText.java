package io.longline.host.call;

import java.util.function.UnaryOperator;

/**
 * Texts that hooks hand over, cut to the length that a warning may have, with their secrets masked.
 * A hook may hand over a text of any length; no copy of all of it is made. Thread-safe.
 */
final class HookText {

  /** The number of characters that are shown. */
  static final int MAX_LENGTH = 4_000;

  /** More is kept until secrets are masked, so that a secret is whole where the text is cut. */
  private static final int MAX_RAW = 4 * MAX_LENGTH;

  /** The number of characters before the end of what was kept that may be a part of a secret. */
  private static final int UNSAFE = MAX_LENGTH;

  private HookText() {}

  /** The beginning of a text, with the length of the whole if that is longer. */
  static String masked(String text, UnaryOperator<String> mask) {
    boolean isCut = text.length() > MAX_RAW;
    var masked = mask.apply(isCut ? text.substring(0, MAX_RAW) : text);
    int safe = isCut ? Math.max(0, masked.length() - UNSAFE) : masked.length();
    if (!isCut && safe <= MAX_LENGTH) {
      return masked;
    }
    return start(masked, Math.min(safe, MAX_LENGTH)) + "… (" + text.length() + " characters)";
  }

  /** The first characters, not ending between the two halves of one outside the basic plane. */
  private static String start(String text, int length) {
    boolean isBetween = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, isBetween ? length - 1 : length);
  }
}
