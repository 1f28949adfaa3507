package io.longline.plugins.files;

import io.longline.api.ExtractedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The extracted files that the rows of one batch name, with their types. Those that were named last
 * are remembered, since a log may name one file in every row. Confined to one thread.
 */
final class DumpedFiles {

  private static final int MAX_REMEMBERED = 10_000;

  /** A longer name is not remembered. */
  private static final int MAX_NAME = 300;

  private final ExtractedFiles extracted;
  private final Supplier<MimeDetector> detector;

  private final Map<String, Optional<Dump>> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Dump>> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /**
   * A file that exists.
   *
   * @param mimeType its type by its own bytes
   */
  record Dump(Path file, String mimeType) {}

  DumpedFiles(ExtractedFiles extracted, Supplier<MimeDetector> detector) {
    this.extracted = extracted;
    this.detector = detector;
  }

  /** The file of this name; empty if there is none. */
  Optional<Dump> find(String name) throws IOException {
    var found = known.get(name);
    if (found == null) {
      var file = extracted.find(name);
      found =
          file.isPresent()
              ? Optional.of(new Dump(file.get(), detector.get().detect(file.get())))
              : Optional.empty();
      if (name.length() <= MAX_NAME) {
        known.put(name, found);
      }
    }
    return found;
  }
}
