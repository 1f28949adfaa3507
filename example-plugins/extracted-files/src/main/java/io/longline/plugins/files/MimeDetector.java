package io.longline.plugins.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.mime.FilteredMagic;
import org.apache.tika.mime.MimeTypes;

/** Finds the type of a file by its first bytes, with Apache Tika's magic. Thread-safe. */
final class MimeDetector {

  /** Tika needs no more bytes for its magic. */
  private static final int PREFIX_BYTES = 64 * 1024;

  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

  MimeDetector() {
    FilteredMagic.install(types);
  }

  String detect(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return FilteredMagic.detect(types, in.readNBytes(PREFIX_BYTES));
    }
  }
}
