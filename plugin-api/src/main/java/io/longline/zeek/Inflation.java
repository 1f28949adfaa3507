package io.longline.zeek;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Tells compressed from plain logs by their first bytes, whatever the file is called. */
final class Inflation {

  private static final int BUFFER_BYTES = 64 * 1024;

  private Inflation() {}

  /**
   * The plain bytes of a stream. Of a gzip stream all members are read; one that is damaged from
   * the start throws at the first read, as one that is damaged later does where the damage is.
   */
  static InputStream of(InputStream in) throws IOException {
    var source = in.markSupported() ? in : new BufferedInputStream(in, BUFFER_BYTES);
    var start = new byte[2];
    source.mark(start.length);
    int count = source.readNBytes(start, 0, start.length);
    source.reset();
    boolean isGzip = count == 2 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B;
    if (!isGzip) {
      return source;
    }
    try {
      return new GZIPInputStream(source, BUFFER_BYTES);
    } catch (EOFException | ZipException e) {
      return new Damaged(source, e);
    }
  }

  /** A stream that cannot be read at all. */
  private static final class Damaged extends InputStream {

    private final InputStream source;
    private final IOException cause;

    Damaged(InputStream source, IOException cause) {
      this.source = source;
      this.cause = cause;
    }

    @Override
    public int read() throws IOException {
      throw cause;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw cause;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
