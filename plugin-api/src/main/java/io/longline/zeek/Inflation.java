package io.longline.zeek;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Inflates compressed logs, which it recognizes by their first bytes, whatever the file is called.
 */
final class Inflation {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** The bytes 2 to 4 of a frame of zstd without content; the first is 0x50 to 0x5F. */
  private static final byte[] SKIPPABLE = {0x2A, 0x4D, 0x18};

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
      if (isGzip(start, count)) {
        return new GzipInflation(source);
      }
      if (isZstd(start, count)) {
        return ZstdInflation.of(source);
      }
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "The log is compressed with zstd, which needs the library com.github.luben:zstd-jni on the class path.",
          e);
    }
    return source;
  }

  /** Whether a file is compressed, judged by its first bytes. */
  static boolean isCompressed(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var start = in.readNBytes(MAGIC_BYTES);
      return isGzip(start, start.length) || isZstd(start, start.length);
    }
  }

  private static boolean isGzip(byte[] start, int count) {
    return count >= GZIP.length && Arrays.equals(start, 0, GZIP.length, GZIP, 0, GZIP.length);
  }

  /** Whether a stream starts with a frame of zstd, or with one that is to be skipped. */
  private static boolean isZstd(byte[] start, int count) {
    return count == MAGIC_BYTES
        && (Arrays.equals(start, ZSTD)
            || ((start[0] & 0xF0) == 0x50
                && Arrays.equals(start, 1, MAGIC_BYTES, SKIPPABLE, 0, SKIPPABLE.length)));
  }
}
