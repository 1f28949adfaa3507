package io.longline.plugins.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.FilteredMagic;
import org.apache.tika.mime.MimeTypes;

/** Tells what a file is by its first bytes, with Apache Tika's magic. Thread-safe. */
final class MimeDetector {

  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

  MimeDetector() {
    FilteredMagic.install(types);
  }

  /** Tika looks at 64 KB at most. */
  String detect(Path file) throws IOException {
    try (var in = TikaInputStream.get(file)) {
      return detect(in);
    }
  }

  String detect(InputStream in) throws IOException {
    return types.detect(in, new Metadata()).toString();
  }
}
