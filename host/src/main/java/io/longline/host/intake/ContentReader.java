package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.LogContent.Extent;
import io.longline.zeek.HostAccess;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is known of the content of one log. Confined to one thread.
 *
 * <p>A log that is not compressed is read whole, which costs less than a tenth of a scan. One that
 * is compressed is read whole only if it is small or must be compared with another: else its head
 * is read, and what a gzip file says of its content in its last bytes.
 */
final class ContentReader implements AutoCloseable {

  /** What is read of a log at most, without compression. */
  private static final long MAX_BYTES = 8L << 30;

  private static final long MAX_NANOS = 30_000_000_000L;

  /** A zstd file that is not larger is inflated whole, since it says nothing of its content. */
  private static final long SMALL_FILE = 16L << 20;

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int TRAILER_BYTES = 8;

  private final Path file;
  private final FileStamp stamp;
  private final BooleanSupplier isEnded;
  private final boolean isGzip;
  private final boolean isPlain;
  private final InputStream in;
  private final byte[] head;
  private final CRC32 checksum = new CRC32();
  private final Map<Long, Long> checksums = new HashMap<>();
  private long length;

  /**
   * Opens a log and reads its head.
   *
   * @param stamp of the file; what was appended since is not read
   * @param isEnded whether to stop reading
   * @throws IOException if it cannot be read
   */
  ContentReader(Path file, FileStamp stamp, BooleanSupplier isEnded) throws IOException {
    this.file = file;
    this.stamp = stamp;
    this.isEnded = isEnded;
    this.in = HostAccess.openInflated(file);
    this.head = readHead();
    var magic = head.length < LogContent.HEAD_BYTES ? new byte[0] : magic(file);
    this.isGzip = magic.length > 1 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
    boolean isZstd = magic.length == 4 && ByteBuffer.wrap(magic).getInt() == 0x28B52FFD;
    this.isPlain = !isGzip && !isZstd;
  }

  private static byte[] magic(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(4);
    }
  }

  private byte[] readHead() throws IOException {
    try {
      return in.readNBytes(LogContent.HEAD_BYTES);
    } catch (EOFException | ZipException e) {
      // A reader will report the damage.
      return new byte[0];
    }
  }

  private long limit() {
    return isPlain ? stamp.size() : MAX_BYTES;
  }

  /** The first bytes; fewer than a head has if there are no more, none if the log is damaged. */
  byte[] head() {
    return head;
  }

  /** Whether the head is all there is. */
  boolean isShort() {
    return head.length < LogContent.HEAD_BYTES || isPlain && stamp.size() <= head.length;
  }

  /** The checksum of the first bytes of the head. */
  long headChecksum(int bytes) {
    var crc = new CRC32();
    crc.update(head, 0, bytes);
    return crc.getValue();
  }

  /** What is known without comparing with another log. */
  LogContent content() throws IOException {
    if (isShort()) {
      return shortContent();
    }
    if (isPlain || !isGzip && stamp.size() <= SMALL_FILE) {
      return whole(new TreeSet<>());
    }
    var trailer = isGzip ? trailer() : null;
    return trailer == null ? headOnly() : trailer;
  }

  private LogContent shortContent() {
    if (head.length == 0) {
      return LogContent.UNKNOWN;
    }
    return hasRows()
        ? new LogContent(
            Extent.WHOLE,
            head.length,
            LogContent.digest(head, head.length),
            headChecksum(head.length))
        : LogContent.NO_ROWS;
  }

  private boolean hasRows() {
    boolean isStart = true;
    for (byte each : head) {
      if (isStart && each != '#' && each != '\n' && each != '\r') {
        return true;
      }
      isStart = each == '\n';
    }
    return false;
  }

  private LogContent headOnly() {
    return new LogContent(Extent.HEAD, 0, LogContent.digest(head, head.length), 0);
  }

  private @Nullable LogContent trailer() throws IOException {
    try (var channel = FileChannel.open(file)) {
      var bytes = ByteBuffer.allocate(TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(bytes, Math.max(0, stamp.size() - TRAILER_BYTES));
      if (bytes.hasRemaining()) {
        return null;
      }
      long size = Integer.toUnsignedLong(bytes.getInt(4));
      return size <= LogContent.HEAD_BYTES
          ? null
          : new LogContent(
              Extent.LAST_MEMBER,
              size,
              LogContent.digest(head, head.length),
              Integer.toUnsignedLong(bytes.getInt(0)));
    }
  }

  /**
   * Reads the log to its end.
   *
   * @param lengths the lengths at which the checksum so far is wanted: {@link #checksumAt}
   * @return its head only if it is damaged, too long, or takes too long
   */
  LogContent whole(Collection<Long> lengths) throws IOException {
    long start = System.nanoTime();
    var marks = new TreeSet<>(lengths);
    var bytes = new byte[BUFFER_BYTES];
    add(head, head.length, marks);
    try {
      while (length < limit()) {
        int most = (int) Math.min(bytes.length, limit() - length);
        int count = in.read(bytes, 0, most);
        if (count < 0) {
          break;
        }
        add(bytes, count, marks);
        if (isEnded.getAsBoolean()) {
          throw new InterruptedIOException("Reading " + file + " was ended.");
        }
        if (System.nanoTime() - start > MAX_NANOS) {
          return headOnly();
        }
      }
    } catch (EOFException | ZipException e) {
      return headOnly();
    }
    return length < limit() || isPlain
        ? new LogContent(
            Extent.WHOLE, length, LogContent.digest(head, head.length), checksum.getValue())
        : headOnly();
  }

  private void add(byte[] bytes, int count, NavigableSet<Long> marks) {
    int from = 0;
    while (!marks.isEmpty() && marks.first() <= length + count - from) {
      int part = (int) (marks.first() - length);
      if (part >= 0) {
        checksum.update(bytes, from, part);
        checksums.put(marks.first(), checksum.getValue());
        from += part;
        length += part;
      }
      marks.pollFirst();
    }
    checksum.update(bytes, from, count - from);
    length += count - from;
  }

  /** The checksum of so many first bytes, if {@link #whole} was asked for it; else null. */
  @Nullable Long checksumAt(long bytes) {
    return checksums.get(bytes);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
