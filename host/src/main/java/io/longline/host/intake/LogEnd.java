package io.longline.host.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.zeek.HostAccess;
import io.longline.zeek.LogFile;
import io.longline.zeek.TsvFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/** How a file ends, which says whether Zeek has closed it. */
enum LogEnd {
  /** It is no TSV log, so its end says nothing. */
  NO_TSV,
  /** It ends with {@code #close}. */
  CLOSED,
  /** It does not end with {@code #close}. */
  OPEN,
  /** It is compressed, and too long to be inflated to its end. */
  TOO_LONG;

  /** How far from the end of a log its last line is looked for. */
  private static final int TAIL_BYTES = 256;

  /** What is inflated of a compressed log at most. */
  private static final long MAX_BYTES = 1L << 30;

  private static final int BUFFER_BYTES = 256 * 1024;

  /**
   * Looks at the end of a log; what is compressed is inflated up to there.
   *
   * @throws IOException if it cannot be read
   */
  static LogEnd of(LogFile log) throws IOException {
    if (!isTsv(log)) {
      return NO_TSV;
    }
    return HostAccess.isCompressed(log.file()) ? ofCompressed(log.file()) : ofPlain(log.file());
  }

  private static boolean isTsv(LogFile log) throws IOException {
    try (var reader = log.open()) {
      return reader.schema().format() instanceof TsvFormat && !reader.schema().fields().isEmpty();
    }
  }

  private static LogEnd ofPlain(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      long size = channel.size();
      var tail = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
      while (tail.hasRemaining() && channel.read(tail, size - tail.remaining()) > 0) {
        // Reads on.
      }
      return of(tail.array(), tail.position());
    }
  }

  private static LogEnd ofCompressed(Path file) throws IOException {
    try (var in = HostAccess.openInflated(file)) {
      return atEnd(in);
    } catch (EOFException | ZipException e) {
      // It is being compressed, or damaged.
      return OPEN;
    }
  }

  private static LogEnd atEnd(InputStream in) throws IOException {
    var bytes = new byte[TAIL_BYTES + BUFFER_BYTES];
    int kept = 0;
    for (long length = 0; length < MAX_BYTES; ) {
      int count = in.read(bytes, kept, BUFFER_BYTES);
      if (count < 0) {
        return of(bytes, kept);
      }
      length += count;
      int end = kept + count;
      kept = Math.min(end, TAIL_BYTES);
      System.arraycopy(bytes, end - kept, bytes, 0, kept);
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("Reading it was ended.");
      }
    }
    return TOO_LONG;
  }

  private static LogEnd of(byte[] tail, int length) {
    var text = new String(Arrays.copyOf(tail, length), ISO_8859_1).stripTrailing();
    return text.substring(text.lastIndexOf('\n') + 1).startsWith("#close") ? CLOSED : OPEN;
  }
}
