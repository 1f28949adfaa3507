package io.longline.host.output;

import java.io.IOException;
import java.io.OutputStream;

/** The addition of one call to one file: a header, if it is the first, and the staged content. */
final class Part {

  private final byte[] header;
  private final Staging staging;

  Part(byte[] header, Staging staging) {
    this.header = header;
    this.staging = staging;
  }

  /** In bytes. */
  long length() {
    return header.length + staging.size();
  }

  int headerLength() {
    return header.length;
  }

  void copyTo(OutputStream out) throws IOException {
    out.write(header);
    staging.copyTo(out);
  }
}
