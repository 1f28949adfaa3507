package io.longline.host.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.isolation.wire.PrintMark;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * The printed lines of a plugin's process: each line is passed on, up to a limit, and the last
 * lines are kept. Thread-safe.
 */
final class LastWords {

  private static final int MAX_LINE = 2_000;

  /**
   * More is kept until secrets are masked, in bytes, so that a secret is whole where the line is
   * cut.
   */
  private static final int MAX_RAW = 4 * MAX_LINE;

  /** The number of characters before the end of what was kept that may be a part of a secret. */
  private static final int UNSAFE = MAX_RAW / 4;

  private static final int KEPT_LINES = 25;

  /** The number of characters of its output that go to the log. */
  private static final long MAX_PASSED_ON = 1_000_000;

  private final String plugin;
  private final BiConsumer<String, String> log;
  private final UnaryOperator<String> mask;
  private final Deque<String> last = new ArrayDeque<>();
  private final byte[] line = new byte[MAX_RAW];
  private int length;

  /** Whether the line is longer than what is kept of it. */
  private boolean isCut;

  private long passedOn;

  /**
   * The lines of a process.
   *
   * @param plugin the plugin's id
   * @param log receives the id of the hook that printed a line, or else that of the plugin; and the
   *     line
   * @param mask masks secrets
   */
  LastWords(String plugin, BiConsumer<String, String> log, UnaryOperator<String> mask) {
    this.plugin = plugin;
    this.log = log;
    this.mask = mask;
  }

  /** Reads until the output ends. */
  void readAll(InputStream in) {
    var bytes = new byte[64 * 1024];
    try (in) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        take(bytes, count);
      }
    } catch (IOException e) {
      // The process has ended.
    }
    endLine();
  }

  private void take(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else if (length < MAX_RAW) {
        line[length++] = bytes[i];
      } else {
        isCut = true;
      }
    }
  }

  private synchronized void endLine() {
    if (length == 0) {
      return;
    }
    var printed = new String(line, 0, length, UTF_8).stripTrailing();
    var hook = PrintMark.hook(printed, plugin);
    var masked = mask.apply(PrintMark.text(printed, plugin));
    int safe = isCut ? Math.max(0, masked.length() - UNSAFE) : masked.length();
    var text =
        safe < masked.length() || safe > MAX_LINE
            ? masked.substring(0, Math.min(safe, MAX_LINE)) + "…"
            : masked;
    isCut = false;
    length = 0;
    if (text.isEmpty()) {
      return;
    }
    last.addLast(text);
    if (last.size() > KEPT_LINES) {
      last.removeFirst();
    }
    if (passedOn <= MAX_PASSED_ON) {
      passedOn += text.length() + 1;
      log.accept(
          hook.isEmpty() ? plugin : hook,
          passedOn > MAX_PASSED_ON
              ? "It prints more than a megabyte; the rest is left out."
              : text);
    }
  }

  /** The last lines. */
  synchronized String text() {
    return String.join("\n", last);
  }
}
