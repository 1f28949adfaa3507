package io.longline.host.event;

import java.time.Duration;

/**
 * Text for people, also from sources that are not trusted: logs, file names, messages of plugins.
 * Control characters, which could command a terminal, are shown as {@code \xHH}; so are, with four
 * digits behind a {@code u}, characters that cannot be seen but change how others appear, such as
 * those that reverse the direction of a text. Immutable.
 */
public final class PrintableText {

  private PrintableText() {}

  /** The text on one line. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** The text with its line feeds. */
  public static String lines(String text) {
    return escape(text, true);
  }

  /** A duration in whole minutes or, rounded down, in seconds; below a second in milliseconds. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds == 0) {
      return duration.toMillis() + " ms";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private static String escape(String text, boolean keepLineFeeds) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isBad = !(keepLineFeeds && c == '\n') && isBad(text, i);
      if (isBad && escaped == null) {
        escaped = new StringBuilder(text.substring(0, i));
      }
      if (escaped != null) {
        escaped.append(isBad ? String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c) : c);
      }
    }
    return escaped == null ? text : escaped.toString();
  }

  private static boolean isBad(String text, int at) {
    char c = text.charAt(at);
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      // They join letters of some scripts, and parts of some signs.
      case Character.FORMAT -> c != '\u200c' && c != '\u200d';
      case Character.SURROGATE -> !isHalfOfPair(text, at);
      default -> false;
    };
  }

  private static boolean isHalfOfPair(String text, int at) {
    int start = Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    return start >= 0
        && start + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(start), text.charAt(start + 1));
  }
}
