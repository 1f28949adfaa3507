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
 * may form a cycle. Only the frames of the plugin are shown.
 *
 * @param className the name of its class
 * @param message its message, with a hint for linkage errors
 * @param stackTrace class, message and the plugin's frames, with those of what was suppressed and
 *     of causes
 */
record ThrownText(String className, String message, String stackTrace) {

  private static final int MAX_FRAMES = 60;

  /** The number of characters of a frame; a hook can make frames with names of any length. */
  private static final int MAX_FRAME = 500;

  /** The number of frames among which those of the plugin are looked for; the JVM keeps 1,024. */
  private static final int MAX_SEARCHED = 10_000;

  /** The number of throwables that are shown, causes and suppressed ones together. */
  private static final int MAX_THROWABLES = 10;

  /** The number of further causes among which the last is looked for. */
  private static final int MAX_CAUSES = 1_000;

  static ThrownText of(Throwable thrown, UnaryOperator<String> mask, PluginFrames frames) {
    var trace = new Trace(mask, frames);
    trace.add("", thrown);
    return new ThrownText(
        thrown.getClass().getName(), message(thrown, mask), String.join("\n", trace.lines));
  }

  /** The lines of a stack trace. */
  private static final class Trace {

    private final UnaryOperator<String> mask;
    private final PluginFrames frames;
    private final List<String> lines = new ArrayList<>();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Trace(UnaryOperator<String> mask, PluginFrames frames) {
      this.mask = mask;
      this.frames = frames;
    }

    /** Adds a throwable, what was suppressed for it, and its cause. */
    void add(String label, Throwable thrown) {
      if (seen.size() == MAX_THROWABLES || !seen.add(thrown)) {
        return;
      }
      lines.add(label + thrown.getClass().getName() + ": " + message(thrown, mask));
      addFrames(thrown);
      for (var suppressed : thrown.getSuppressed()) {
        add("Suppressed: ", suppressed);
      }
      var cause = cause(thrown);
      if (cause != null && seen.size() == MAX_THROWABLES) {
        addRoot(cause);
      } else if (cause != null) {
        add("Caused by: ", cause);
      }
    }

    /** Adds the last of further causes, which says most, in place of all of them. */
    private void addRoot(Throwable first) {
      var root = first;
      int between = 0;
      for (var next = cause(root); next != null && between < MAX_CAUSES && seen.add(root); ) {
        root = next;
        between++;
        next = cause(root);
      }
      if (between > 0) {
        lines.add("    … " + between + (between == 1 ? " more cause" : " more causes"));
      }
      lines.add("Caused by: " + root.getClass().getName() + ": " + message(root, mask));
      addFrames(root);
    }

    private void addFrames(Throwable thrown) {
      try {
        var shown =
            frames
                .among(first(thrown.getStackTrace()))
                .limit(MAX_FRAMES + 1L)
                .map(frame -> "    at " + shortened(frame.toString()))
                .toList();
        lines.addAll(shown.subList(0, Math.min(shown.size(), MAX_FRAMES)));
        if (shown.size() > MAX_FRAMES) {
          lines.add("    …");
        }
      } catch (Throwable second) {
        // Its getStackTrace() threw, or returned null.
        lines.add("    (its frames cannot be read)");
      }
    }
  }

  private static List<StackTraceElement> first(StackTraceElement[] frames) {
    return Arrays.asList(frames).subList(0, Math.min(frames.length, MAX_SEARCHED));
  }

  private static String shortened(String frame) {
    return frame.length() <= MAX_FRAME ? frame : frame.substring(0, MAX_FRAME) + "…";
  }

  private static String message(Throwable thrown, UnaryOperator<String> mask) {
    String text;
    try {
      text = String.valueOf(thrown.getMessage());
    } catch (Throwable second) {
      text = "(its getMessage() threw " + second.getClass().getName() + ")";
    }
    text = HookText.masked(text, mask);
    return thrown instanceof LinkageError ? text + " (built against another plugin-api?)" : text;
  }

  private static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable second) {
      return null;
    }
  }
}
