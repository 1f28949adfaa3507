package io.longline.host.isolation.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.isolation.wire.PrintMark;
import io.longline.host.plugins.HookThread;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Objects;

/**
 * The output of a plugin's process: each line that is printed while a hook is called begins with a
 * mark, by which the host finds out which hook it was. Nothing is held back, since the process may
 * end at any time. Thread-safe.
 */
final class MarkedOutput extends OutputStream {

  private final OutputStream out;

  /** The hook that prints the current line; empty for none. */
  private String owner = "";

  private byte[] mark = {};

  private boolean isInLine;

  MarkedOutput(OutputStream out) {
    this.out = out;
  }

  /** Has {@code System.out} and {@code System.err} marked, which are one stream to the host. */
  static void install() {
    var both =
        new PrintStream(new MarkedOutput(new FileOutputStream(FileDescriptor.out)), true, UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) throws IOException {
    var printing = Objects.requireNonNullElse(HookThread.id(), "");
    var text = new ByteArrayOutputStream(length + mark.length);
    if (isInLine && !printing.equals(owner)) {
      text.write('\n');
      isInLine = false;
    }
    if (!printing.equals(owner)) {
      owner = printing;
      mark = PrintMark.of(printing);
    }
    int end = offset + length;
    for (int start = offset; start < end; ) {
      if (!isInLine) {
        text.writeBytes(mark);
      }
      int next = afterLine(from, start, end);
      text.write(from, start, next - start);
      isInLine = from[next - 1] != '\n';
      start = next;
    }
    text.writeTo(out);
  }

  /** Where the line ends, with its line feed, that begins at the start. */
  private static int afterLine(byte[] from, int start, int end) {
    int at = start;
    while (at < end && from[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, end);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
