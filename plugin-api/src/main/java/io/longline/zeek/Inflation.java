package io.longline.zeek;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Inflates compressed logs, which it recognizes by their first bytes, whatever the file is called.
 */
final class Inflation {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
  private static final int MAGIC_BYTES = 4;

  private Inflation() {}

  /**
   * The plain bytes of a stream. All members of a gzip stream are read. A damaged stream throws
   * when the damage is reached; one that is damaged from the start, at the first read.
   */
  static InputStream of(InputStream in) throws IOException {
    var source = in.markSupported() ? in : new BufferedInputStream(in, BUFFER_BYTES);
    var start = new byte[MAGIC_BYTES];
    source.mark(start.length);
    int count = source.readNBytes(start, 0, start.length);
    source.reset();
    try {
      if (count >= GZIP.length && Arrays.equals(start, 0, GZIP.length, GZIP, 0, GZIP.length)) {
        return new GZIPInputStream(source, BUFFER_BYTES);
      }
      if (count == MAGIC_BYTES && Arrays.equals(start, ZSTD)) {
        return ZstdInflation.of(source);
      }
    } catch (EOFException | ZipException e) {
      return new Damaged(source, e);
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "The log is compressed with zstd, which needs the library com.github.luben:zstd-jni on the class path.",
          e);
    }
    return source;
  }

  /** Whether a file is compressed, judged by its first bytes. */
  static boolean isCompressed(Path file) throws IOException {
    try (var in = RegularFile.open(file)) {
      var start = in.readNBytes(MAGIC_BYTES);
      return Arrays.equals(start, ZSTD)
          || (start.length >= GZIP.length
              && Arrays.equals(start, 0, GZIP.length, GZIP, 0, GZIP.length));
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
