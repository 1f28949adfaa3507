package io.longline.host.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a signature is about, to be read from its beginning as often as needed. */
@FunctionalInterface
public interface SignedContent {

  /**
   * Opens it.
   *
   * @throws IOException if it cannot be read
   */
  InputStream open() throws IOException;

  /** The content of a file. */
  static SignedContent of(Path file) {
    return () -> Files.newInputStream(file);
  }

  /** These bytes, which must not change any more. */
  static SignedContent of(byte[] bytes) {
    return () -> new ByteArrayInputStream(bytes);
  }
}
