package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A stream that passes on what is written to it line by line, a very long line in pieces. It passes
 * on at most a megabyte a minute, and then says how much it left out. Thread-safe.
 */
final class LogLines extends OutputStream {

  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final long MAX_BYTES = 1024 * 1024;
  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Consumer<String> lines;
  private final LongSupplier nanoTime;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long periodStart;

  /** How much was passed on in this period. */
  private long bytes;

  private long leftOut;

  LogLines(Consumer<String> lines) {
    this(lines, System::nanoTime);
  }

  /**
   * A stream.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  LogLines(Consumer<String> lines, LongSupplier nanoTime) {
    this.lines = lines;
    this.nanoTime = nanoTime;
    this.periodStart = nanoTime.getAsLong();
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) {
    int end = offset + length;
    for (int start = offset; start < end; ) {
      int limit = Math.min(end, start + MAX_LINE_BYTES - line.size());
      int at = start;
      while (at < limit && from[at] != '\n') {
        at++;
      }
      line.write(from, start, at - start);
      boolean isEnd = at < end && from[at] == '\n';
      if (isEnd || line.size() >= MAX_LINE_BYTES) {
        handOn();
      }
      start = isEnd ? at + 1 : at;
    }
  }

  /** Passes on a last line without an end, and says what was left out. */
  synchronized void handOnRest() {
    if (line.size() > 0) {
      handOn();
    }
    reportWhatWasLeftOut();
  }

  private void reportWhatWasLeftOut() {
    if (leftOut > 0) {
      lines.accept(
          "… and " + leftOut + " more bytes, which are left out: more than 1 MB a minute.");
      leftOut = 0;
    }
  }

  private void handOn() {
    long now = nanoTime.getAsLong();
    if (now - periodStart > PERIOD_NANOS) {
      reportWhatWasLeftOut();
      periodStart = now;
      bytes = 0;
    }
    bytes += line.size() + 1;
    if (bytes > MAX_BYTES) {
      leftOut += line.size() + 1;
      line.reset();
      return;
    }
    var text = line.toString(UTF_8).replace("\r", "");
    line.reset();
    lines.accept(text);
  }
}
