package io.longline.host.cli.cut;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** What is printed, collected in pieces of some 64 KiB. Confined to one thread. */
final class CutBuffer extends OutputStream {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int length;

  CutBuffer(OutputStream out) {
    this.out = out;
  }

  /** Appends text, one char a byte. */
  void append(String text) {
    var bytes = text.getBytes(ISO_8859_1);
    append(bytes, 0, bytes.length);
  }

  void append(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count > buffer.length - length) {
      makeRoom(count);
    }
    System.arraycopy(bytes, from, buffer, length, count);
    length += count;
  }

  void appendByte(byte b) {
    if (length == buffer.length) {
      flush();
    }
    buffer[length++] = b;
  }

  private void makeRoom(int count) {
    flush();
    if (count > buffer.length) {
      buffer = Arrays.copyOf(buffer, count);
    }
  }

  @Override
  public void write(int b) {
    appendByte((byte) b);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    append(bytes, offset, offset + count);
  }

  /**
   * Writes what was collected.
   *
   * @throws UnwritableException if that fails
   */
  @Override
  public void flush() {
    int count = length;
    length = 0;
    try {
      out.write(buffer, 0, count);
      out.flush();
    } catch (IOException e) {
      throw new UnwritableException(e);
    }
  }

  /** Writes what was collected; the stream stays open. */
  @Override
  public void close() {
    flush();
  }
}
