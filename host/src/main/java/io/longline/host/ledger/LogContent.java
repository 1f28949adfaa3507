package io.longline.host.ledger;

import io.longline.zeek.HostAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What is known of the content of a log, by which it is recognized under another name. Immutable.
 * The content is what a reader gets, so without compression.
 *
 * @param extent what is known
 * @param length its length in bytes; 0 if it is not known
 * @param head a digest of its first {@link #HEAD_BYTES}, or of all if it is shorter
 * @param checksum a CRC-32 of all of it; 0 if it is not known
 */
public record LogContent(Extent extent, long length, long head, long checksum) {

  /** How much of a log its head is. */
  public static final int HEAD_BYTES = 64 * 1024;

  /** Nothing is known. */
  public static final LogContent UNKNOWN = new LogContent(Extent.NOTHING, 0, 0, 0);

  /** A log that has a header and no rows, so that nothing can come twice. */
  public static final LogContent NO_ROWS = new LogContent(Extent.NO_ROWS, 0, 0, 0);

  /** What is known of a content. */
  public enum Extent {
    /** Nothing. */
    NOTHING,
    /** That it has no rows. */
    NO_ROWS,
    /** Its head only. */
    HEAD,
    /**
     * Its head; length and checksum are what a gzip file says of its last member, which usually is
     * its only one.
     */
    LAST_MEMBER,
    /** Everything. */
    WHOLE
  }

  /** Whether it is known how the log begins. */
  public boolean hasHead() {
    return extent.compareTo(Extent.HEAD) >= 0;
  }

  /** Whether the head is all there is. */
  public boolean isShort() {
    return extent == Extent.WHOLE && length <= HEAD_BYTES;
  }

  /**
   * The digest of a head: two checksums. A cryptographic one would cost a hundred times as much,
   * since the compiler that the launcher chooses has no instructions for it.
   */
  public static long digest(byte[] bytes, int length) {
    var first = new CRC32C();
    first.update(bytes, 0, length);
    var second = new CRC32();
    second.update(bytes, 0, length);
    return first.getValue() << 32 | second.getValue();
  }

  /**
   * Whether a file begins as this content does; yes if that is not known.
   *
   * @throws IOException if it cannot be read
   */
  boolean mayBegin(Path file) throws IOException {
    return hasHead() ? begins(file, false) : extent == Extent.NOTHING;
  }

  /**
   * Whether a file has this content, going by its head, which is all of a short one.
   *
   * @throws IOException if it cannot be read
   */
  boolean isAllOf(Path file) throws IOException {
    return begins(file, isShort());
  }

  private boolean begins(Path file, boolean isAll) throws IOException {
    int size = isShort() ? (int) length : HEAD_BYTES;
    try (var in = HostAccess.openInflated(file)) {
      var bytes = in.readNBytes(size);
      return bytes.length == size && digest(bytes, size) == head && !(isAll && in.read() >= 0);
    }
  }
}
