package io.longline.zeek;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The part of an input that is in memory: from the start of the current line to the last byte read.
 * Confined to one thread.
 *
 * <p>A line feed stands at {@code bytes[limit]} as a sentinel, followed by room for reading eight
 * bytes at a time, so that scanners need no bounds check: a hit at {@code limit} means that more
 * must be read. The array grows up to the longest line allowed, and no further.
 */
final class ByteWindow implements Closeable {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIRST_SIZE = 256 * 1024;

  /** Room after the limit: the sentinel, and a word read that starts on it. */
  private static final int SLACK = 16;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int maxRowBytes;

  /** The bytes in memory. Replaced when it grows. */
  byte[] bytes;

  /** Where the current line starts. Moved by the scanners. */
  int start;

  /** The index after the last byte read. */
  int limit;

  private boolean ended;
  private boolean keepsOldBytes;
  private @Nullable String damage;

  ByteWindow(InputStream in, int maxRowBytes) {
    this.in = in;
    this.maxRowBytes = maxRowBytes;
    this.bytes = new byte[FIRST_SIZE + SLACK];
    this.bytes[0] = '\n';
  }

  /** Eight bytes, the first in the lowest position. */
  static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Four bytes, the first in the lowest position. */
  static int halfWord(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  /**
   * Reads more after the limit, keeping everything from {@code start}, which moves to index 0.
   *
   * @return false if there is no more
   * @throws IOException if the input fails; a damaged compressed stream ends instead
   */
  boolean more() throws IOException {
    if (ended) {
      return false;
    }
    if (start > 0) {
      var target = keepsOldBytes ? new byte[sizeFor(limit - start)] : bytes;
      System.arraycopy(bytes, start, target, 0, limit - start);
      bytes = target;
      limit -= start;
      start = 0;
    }
    if (limit == bytes.length - SLACK) {
      bytes = Arrays.copyOf(bytes, (bytes.length - SLACK) * 2 + SLACK);
    }
    int count = read();
    if (count < 0) {
      ended = true;
    } else {
      limit += count;
    }
    bytes[limit] = '\n';
    return !ended;
  }

  /** The size of a new array: after a long line it is small again. */
  private int sizeFor(int kept) {
    return kept < FIRST_SIZE / 2 ? FIRST_SIZE + SLACK : bytes.length;
  }

  /** From now on, reads more into another array, so that rows stay where they are. */
  void keepOldBytes() {
    keepsOldBytes = true;
  }

  private int read() throws IOException {
    try {
      int count;
      do {
        count = in.read(bytes, limit, bytes.length - SLACK - limit);
      } while (count == 0);
      return count;
    } catch (EOFException e) {
      damage = "the compressed stream is cut off";
    } catch (ZipException e) {
      damage = "the compressed stream is damaged (" + e.getMessage() + ")";
    }
    return -1;
  }

  /** Whether the current line is longer than a row may be. */
  boolean isFull() {
    return limit - start >= maxRowBytes;
  }

  /** Moves {@code start} past the current line, however long it is. */
  void skipLine() throws IOException {
    for (; ; ) {
      int end = lineEnd(start);
      if (end < limit) {
        start = end + 1;
        return;
      }
      start = limit;
      if (!more()) {
        return;
      }
    }
  }

  /**
   * The index of the first line feed at or after {@code from}, or {@code limit} if there is none
   * yet.
   */
  int lineEnd(int from) {
    int at = from;
    while (bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /**
   * Reads the rest of the current line; returns its end, which is {@code limit} if the input ends
   * without a line feed, or the line is longer than a row may be. Looks at each byte once, however
   * few come at a time.
   */
  int wholeLine() throws IOException {
    int end = lineEnd(start);
    while (end == limit && !isFull()) {
      int seen = end - start;
      if (!more()) {
        return limit;
      }
      end = lineEnd(start + seen);
    }
    return end;
  }

  /** Skips a UTF-8 byte order mark. Must be called before anything is consumed. */
  void skipByteOrderMark() throws IOException {
    while (limit - start < BYTE_ORDER_MARK.length && more()) {
      // until there are three bytes, or no more
    }
    if (limit - start >= BYTE_ORDER_MARK.length
        && Arrays.equals(bytes, start, start + 3, BYTE_ORDER_MARK, 0, 3)) {
      start += BYTE_ORDER_MARK.length;
    }
  }

  /** The first byte that is not white space, without consuming anything; -1 if there is none. */
  int peek() throws IOException {
    int seen = 0;
    for (; ; ) {
      for (int i = start + seen; i < limit; i++) {
        if (bytes[i] > ' ' || bytes[i] < 0) {
          return bytes[i] & 0xFF;
        }
      }
      seen = limit - start;
      if (isFull() || !more()) {
        return -1;
      }
    }
  }

  /** The damage found in the compressed stream; null if there is none so far. */
  @Nullable String damage() {
    return damage;
  }

  int maxRowBytes() {
    return maxRowBytes;
  }

  /** Gives up the memory for a long line too, since readers are kept for their report. */
  @Override
  public void close() throws IOException {
    if (bytes.length > FIRST_SIZE + SLACK) {
      bytes = new byte[] {'\n'};
      start = 0;
      limit = 0;
      ended = true;
    }
    in.close();
  }
}
