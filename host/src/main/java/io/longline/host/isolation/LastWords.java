package io.longline.host.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What the process of a plugin prints: each line is passed on, up to a limit, and the last ones are
 * kept. Thread-safe.
 */
final class LastWords {

  private static final int MAX_LINE = 2_000;

  /** More is kept until secrets are masked, so that no part of one is left at the cut. */
  private static final int MAX_RAW = 2 * MAX_LINE;

  private static final int KEPT_LINES = 25;

  /** The number of characters of its output that go to the log. */
  private static final long MAX_PASSED_ON = 1_000_000;

  private final Consumer<String> log;
  private final UnaryOperator<String> mask;
  private final Deque<String> last = new ArrayDeque<>();
  private final byte[] line = new byte[MAX_RAW];
  private int length;
  private long passedOn;

  LastWords(Consumer<String> log, UnaryOperator<String> mask) {
    this.log = log;
    this.mask = mask;
  }

  /** Reads to the end. */
  void readAll(InputStream in) {
    var bytes = new byte[64 * 1024];
    try (in) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        take(bytes, count);
      }
    } catch (IOException e) {
      // The process is gone.
    }
    endLine();
  }

  private void take(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else if (length < MAX_RAW) {
        line[length++] = bytes[i];
      }
    }
  }

  private synchronized void endLine() {
    if (length == 0) {
      return;
    }
    var masked = mask.apply(new String(line, 0, length, UTF_8).stripTrailing());
    var text = masked.length() > MAX_LINE ? masked.substring(0, MAX_LINE) + "…" : masked;
    length = 0;
    last.addLast(text);
    if (last.size() > KEPT_LINES) {
      last.removeFirst();
    }
    if (passedOn <= MAX_PASSED_ON) {
      passedOn += text.length() + 1;
      log.accept(
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
