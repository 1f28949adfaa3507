package io.longline.host.cli.cut;

import io.longline.zeek.HostAccess;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The plain bytes of a log, compressed or not, of which the first can be looked at. Confined to one
 * thread.
 */
final class LogBytes extends InputStream {

  private static final int HEAD_BYTES = 64 * 1024;

  private final InputStream source;
  private final InputStream plain;
  private ByteArrayInputStream head = new ByteArrayInputStream(new byte[0]);
  private @Nullable IOException damage;

  private LogBytes(InputStream source) throws IOException {
    this.source = source;
    this.plain = HostAccess.inflated(source);
  }

  /**
   * The bytes of a log.
   *
   * @throws IOException if the first ones cannot be read
   */
  static LogBytes of(InputStream source) throws IOException {
    try {
      return new LogBytes(source);
    } catch (IOException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Whether the log is one of JSON objects: its first visible character is a brace. To be asked
   * once, before anything is read.
   *
   * @throws IOException if the first bytes cannot be read
   */
  boolean isJson() throws IOException {
    var bytes = new byte[HEAD_BYTES];
    int length = 0;
    int first = -1;
    while (first < 0 && length < bytes.length) {
      int count = readPlain(bytes, length, bytes.length - length);
      if (count < 0) {
        break;
      }
      for (int i = length; first < 0 && i < length + count; i++) {
        boolean isMark = i < 3 && bytes[i] < 0;
        first = bytes[i] > ' ' || (bytes[i] < 0 && !isMark) ? bytes[i] & 0xFF : -1;
      }
      length += count;
    }
    head = new ByteArrayInputStream(Arrays.copyOf(bytes, length));
    return first == '{';
  }

  /** Whether reading more would wait for who writes the log. */
  boolean wouldWait() throws IOException {
    return head.available() == 0 && damage == null && source.available() == 0;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = head.read(bytes, offset, length);
    if (count >= 0 || length == 0) {
      return count;
    }
    if (damage != null) {
      throw damage;
    }
    return plain.read(bytes, offset, length);
  }

  /** Reads for the look ahead; damage ends it, and is thrown when its place is reached. */
  private int readPlain(byte[] bytes, int offset, int length) throws IOException {
    try {
      return plain.read(bytes, offset, length);
    } catch (EOFException | ZipException e) {
      damage = e;
      return -1;
    }
  }

  /** Never more than was looked at: a stream around this one must not read until damage is met. */
  @Override
  public int available() {
    return head.available();
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
