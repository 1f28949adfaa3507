package io.longline.host.isolation.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The mark at the beginning of a line that a hook prints in a process of its plugin: the hook's id
 * between two control characters.
 */
public final class PrintMark {

  private static final char EDGE = '\u0001';

  private PrintMark() {}

  /** The mark of a hook, which is empty for what is not a hook's id. */
  public static byte[] of(String id) {
    return (id.contains("/") ? EDGE + id + EDGE : "").getBytes(UTF_8);
  }

  /** The id of the hook that printed a line; empty if the line has no mark of this plugin. */
  public static String hook(String line, String plugin) {
    int end = line.indexOf(EDGE, 1);
    boolean isMarked = end > 0 && line.startsWith(EDGE + plugin + "/");
    return isMarked ? line.substring(1, end) : "";
  }

  /** A line without its mark, if it has one of this plugin. */
  public static String text(String line, String plugin) {
    var hook = hook(line, plugin);
    return hook.isEmpty() ? line : line.substring(hook.length() + 2);
  }
}
