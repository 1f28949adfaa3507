package io.longline.zeek;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** The only class that uses zstd-jni, which is loaded when the first zstd stream is read. */
final class ZstdInflation {

  private ZstdInflation() {}

  /** The plain bytes of all frames; damage is thrown as a {@link ZipException}, as for gzip. */
  static InputStream of(InputStream in) throws IOException {
    return new FilterInputStream(new ZstdInputStream(in)) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return super.read(bytes, offset, length);
        } catch (ZstdIOException e) {
          var damage = new ZipException(e.getMessage());
          damage.initCause(e);
          throw damage;
        }
      }
    };
  }
}
