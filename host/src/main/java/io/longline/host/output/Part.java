package io.longline.host.output;

import java.io.IOException;
import java.io.OutputStream;

/** What one call adds to one file: a header, if it is the first, and what it staged. */
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
