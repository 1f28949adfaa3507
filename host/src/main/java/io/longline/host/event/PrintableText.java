package io.longline.host.event;

import java.time.Duration;

/**
 * Text for people, also from sources that are not trusted: logs, file names, messages of plugins.
 * Control characters, which could command a terminal, are shown as {@code \xHH}.
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
      boolean isControl = Character.isISOControl(c) && !(keepLineFeeds && c == '\n');
      if (isControl && escaped == null) {
        escaped = new StringBuilder(text.substring(0, i));
      }
      if (escaped != null) {
        escaped.append(isControl ? String.format("\\x%02x", (int) c) : String.valueOf(c));
      }
    }
    return escaped == null ? text : escaped.toString();
  }
}
