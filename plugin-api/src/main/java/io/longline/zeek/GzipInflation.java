package io.longline.zeek;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The plain bytes of all members of a gzip stream (RFC 1952). Confined to one thread.
 *
 * <p>Members are read in a loop: {@link java.util.zip.GZIPInputStream} calls itself for each empty
 * one, so that a file of some 20,000 of them overflows the stack. Nothing of a header is kept,
 * however long the names and comments in it are. What follows the last member and does not begin as
 * a member does, such as zeros, is ignored.
 */
final class GzipInflation extends InputStream {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int FIRST = 0x1F;
  private static final int SECOND = 0x8B;
  private static final int DEFLATED = 8;

  /** Flags of a header. */
  private static final int HAS_CHECKSUM = 2;

  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** The bytes in the buffer that were not used yet are those from here to {@code limit}. */
  private int at;

  private int limit;
  private boolean hasEnded;
  private boolean isInMember;

  /** Found by a read that had bytes to hand out first; null if there is none. */
  private @Nullable IOException damage;

  /** The members of a stream, which it closes. */
  GzipInflation(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Fills the array as far as that is possible without waiting, since members may be tiny. */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (damage != null) {
      throw damage;
    }
    int count = 0;
    try {
      while (count < length && !hasEnded && (count == 0 || mayContinue())) {
        if (!isInMember) {
          isInMember = beginMember();
          hasEnded = !isInMember;
        } else if (inflater.finished()) {
          endMember();
        } else {
          count += inflate(target, offset + count, length - count);
        }
      }
    } catch (EOFException | ZipException e) {
      if (count == 0) {
        throw e;
      }
      // What was inflated before the damage comes first.
      damage = e;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /** Whether there are bytes that need not be waited for. */
  private boolean mayContinue() throws IOException {
    return at < limit || (isInMember && !inflater.needsInput()) || in.available() > 0;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    if (inflater.needsInput()) {
      if (at == limit && !fill()) {
        throw new EOFException("A member is cut off");
      }
      inflater.setInput(buffer, at, limit - at);
      at = limit;
    }
    try {
      int count = inflater.inflate(target, offset, length);
      checksum.update(target, offset, count);
      if (inflater.needsDictionary()) {
        throw new ZipException("A dictionary is needed");
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException(Objects.requireNonNullElse(e.getMessage(), "invalid data"));
    }
  }

  /** Reads the header of the next member; false if there is none. */
  private boolean beginMember() throws IOException {
    checksum.reset();
    inflater.reset();
    if (next() != FIRST || next() != SECOND) {
      return false;
    }
    int method = required();
    int flags = required();
    if (method != DEFLATED || (flags & RESERVED) != 0) {
      throw new ZipException("Unsupported compression method or flags");
    }
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      skip(2);
    }
    return true;
  }

  private void skipText() throws IOException {
    while (required() != 0) {
      // until the zero that ends it
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      required();
    }
  }

  /** Checks the trailer of the member that has been inflated. */
  private void endMember() throws IOException {
    at -= inflater.getRemaining();
    isInMember = false;
    boolean isIntact = fourBytes() == checksum.getValue();
    if (fourBytes() != (inflater.getBytesWritten() & 0xFFFFFFFFL) || !isIntact) {
      throw new ZipException("A member differs from its checksum");
    }
  }

  private long fourBytes() throws IOException {
    return required() | required() << 8 | required() << 16 | (long) required() << 24;
  }

  private int required() throws IOException {
    int next = next();
    if (next < 0) {
      throw new EOFException("Unexpected end of a header or trailer");
    }
    return next;
  }

  /** The next byte; -1 at the end of the stream. */
  private int next() throws IOException {
    return at < limit || fill() ? buffer[at++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    int count;
    do {
      count = in.read(buffer, 0, buffer.length);
    } while (count == 0);
    at = 0;
    limit = Math.max(0, count);
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
