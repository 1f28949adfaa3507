package io.longline.host.cli.cut;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a log that is in memory: from the start of the current line to the last byte read.
 * Confined to one thread.
 *
 * <p>A line feed stands at {@code bytes[limit]}, followed by room for reading eight bytes at a
 * time, so that scanning needs no bounds check: a hit at {@code limit} means that more must be
 * read. The array grows up to the longest line allowed, and no further.
 */
final class LineWindow {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIRST_SIZE = 256 * 1024;
  private static final int SLACK = 16;

  private final LogBytes in;
  private final int maxLineBytes;

  /** Called before a read that may wait for who writes the log. */
  private final Runnable beforeWaiting;

  /** The bytes in memory. Replaced when it grows. */
  byte[] bytes = new byte[FIRST_SIZE + SLACK];

  /** Where the current line starts. */
  int start;

  /** The index after the last byte read. */
  int limit;

  private boolean hasEnded;
  private @Nullable String damage;

  LineWindow(LogBytes in, int maxLineBytes, Runnable beforeWaiting) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
    this.beforeWaiting = beforeWaiting;
    bytes[0] = '\n';
  }

  /** Eight bytes, the first in the lowest position. */
  static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Whether there is another line. */
  boolean hasLine() throws IOException {
    return start < limit || more();
  }

  /** Whether the current line is longer than a line may be. */
  boolean isFull() {
    return limit - start >= maxLineBytes;
  }

  /**
   * Reads more after the limit, keeping everything from {@code start}, which moves to index 0;
   * false if there is no more. A damaged compressed stream ends where it is damaged.
   */
  boolean more() throws IOException {
    if (hasEnded) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      limit -= start;
      start = 0;
    }
    if (limit == bytes.length - SLACK) {
      bytes = Arrays.copyOf(bytes, limit * 2 + SLACK);
    }
    if (in.wouldWait()) {
      beforeWaiting.run();
    }
    int count = read();
    hasEnded = count < 0;
    limit += Math.max(0, count);
    bytes[limit] = '\n';
    return !hasEnded;
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

  /** The end of the current line, which is read to its end; -1 if it is too long. */
  int lineEnd() throws IOException {
    int at = start;
    for (; ; ) {
      while (bytes[at] != '\n') {
        at++;
      }
      if (at < limit) {
        return at;
      }
      int seen = at - start;
      if (isFull()) {
        return -1;
      }
      if (!more()) {
        return limit;
      }
      at = start + seen;
    }
  }

  /** Moves past the line that ends at an index. */
  void passTo(int end) {
    start = Math.min(end + 1, limit);
  }

  /** Moves past the current line, however long it is. */
  void skipLine() throws IOException {
    for (; ; ) {
      int at = start;
      while (bytes[at] != '\n') {
        at++;
      }
      if (at < limit) {
        start = at + 1;
        return;
      }
      start = limit;
      if (!more()) {
        return;
      }
    }
  }

  /** Moves past a byte order mark at the start of the log. */
  void skipByteOrderMark() throws IOException {
    while (limit - start < 3 && more()) {
      // until there are three bytes, or no more
    }
    if (limit - start >= 3
        && bytes[start] == (byte) 0xEF
        && bytes[start + 1] == (byte) 0xBB
        && bytes[start + 2] == (byte) 0xBF) {
      start += 3;
    }
  }

  /** The damage found in the compressed stream; null if there is none so far. */
  @Nullable String damage() {
    return damage;
  }
}
