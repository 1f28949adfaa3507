package io.longline.host.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An exception or error thrown by a hook, as text. Immutable.
 *
 * <p>The throwable is a plugin's: its message may be of any size, its methods may throw, its causes
 * may form a cycle. Frames of the host are left out.
 *
 * @param className the name of its class
 * @param message its message, with a hint for linkage errors
 * @param stackTrace class, message and the plugin's frames, causes included
 */
record ThrownText(String className, String message, String stackTrace) {

  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_FRAMES = 60;
  private static final int MAX_CAUSES = 10;

  /** Frames of the outputs that a hook writes to. */
  private static final String OUTPUTS = "io.longline.host.output.";

  /** The first frame of this package called the hook. */
  private static final String CALLER = ThrownText.class.getPackageName() + ".";

  static ThrownText of(Throwable thrown, UnaryOperator<String> mask) {
    var lines = new ArrayList<String>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    @Nullable Throwable current = thrown;
    for (int i = 0; current != null && i < MAX_CAUSES && seen.add(current); i++) {
      lines.add(
          (i == 0 ? "" : "Caused by: ")
              + current.getClass().getName()
              + ": "
              + message(current, mask));
      lines.addAll(frames(current));
      current = cause(current);
    }
    return new ThrownText(
        thrown.getClass().getName(), message(thrown, mask), String.join("\n", lines));
  }

  private static String message(Throwable thrown, UnaryOperator<String> mask) {
    String text;
    try {
      text = String.valueOf(thrown.getMessage());
    } catch (Throwable second) {
      text = "(its getMessage() threw " + second.getClass().getName() + ")";
    }
    // Before it is cut, which might leave a part of a secret.
    text = mask.apply(text);
    if (text.length() > MAX_MESSAGE) {
      int end =
          Character.isHighSurrogate(text.charAt(MAX_MESSAGE - 1)) ? MAX_MESSAGE - 1 : MAX_MESSAGE;
      text = text.substring(0, end) + "… (" + text.length() + " characters)";
    }
    return thrown instanceof LinkageError ? text + " (built against another plugin-api?)" : text;
  }

  private static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable second) {
      return null;
    }
  }

  private static List<String> frames(Throwable thrown) {
    StackTraceElement[] frames;
    try {
      frames = thrown.getStackTrace();
    } catch (Throwable second) {
      return List.of();
    }
    var ours =
        Arrays.stream(frames)
            .takeWhile(frame -> !frame.getClassName().startsWith(CALLER))
            .filter(frame -> !frame.getClassName().startsWith(OUTPUTS));
    var lines = new ArrayList<String>();
    ours.limit(MAX_FRAMES + 1).forEach(frame -> lines.add("    at " + frame));
    if (lines.size() > MAX_FRAMES) {
      lines.set(MAX_FRAMES, "    …");
    }
    return lines;
  }
}
