package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * A stream that hands on what is written to it line by line; a very long line in pieces.
 * Thread-safe.
 */
final class LogLines extends OutputStream {

  private static final int MAX_LINE_BYTES = 8 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LogLines(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      handOn();
      return;
    }
    if (b != '\r') {
      line.write(b);
    }
    if (line.size() >= MAX_LINE_BYTES) {
      handOn();
    }
  }

  /** Hands on a last line that has no end. */
  synchronized void handOnRest() {
    if (line.size() > 0) {
      handOn();
    }
  }

  private void handOn() {
    var text = line.toString(UTF_8);
    line.reset();
    lines.accept(text);
  }
}
