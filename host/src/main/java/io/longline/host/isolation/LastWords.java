package io.longline.host.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a worker prints: each line is handed on, up to a limit, and the last ones are kept.
 * Thread-safe.
 */
final class LastWords {

  private static final int MAX_LINE = 2_000;
  private static final int KEPT_LINES = 25;

  /** So much of a worker's output goes to the log. */
  private static final long MAX_HANDED_ON = 1_000_000;

  private final Consumer<String> log;
  private final Deque<String> last = new ArrayDeque<>();
  private final byte[] line = new byte[MAX_LINE];
  private int length;
  private long handedOn;

  LastWords(Consumer<String> log) {
    this.log = log;
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
      } else if (length < MAX_LINE) {
        line[length++] = bytes[i];
      }
    }
  }

  private synchronized void endLine() {
    if (length == 0) {
      return;
    }
    // Of what is printed beyond the limit only the end is of interest, and lines are cheap to keep.
    var text = new String(line, 0, length, UTF_8).stripTrailing();
    length = 0;
    last.addLast(text);
    if (last.size() > KEPT_LINES) {
      last.removeFirst();
    }
    if (handedOn <= MAX_HANDED_ON) {
      handedOn += text.length() + 1;
      log.accept(
          handedOn > MAX_HANDED_ON
              ? "It prints more than a megabyte; the rest is left out."
              : text);
    }
  }

  /** The last lines. */
  synchronized String text() {
    return String.join("\n", last);
  }
}
