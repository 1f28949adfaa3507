package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Private copies of jars, each named after its content. Thread-safe.
 *
 * <p>The name is a checksum and a size: a cryptographic hash of the bundled plugins would take a
 * tenth of a second at each start, and the bytes are compared where a name is taken.
 */
final class JarCopies {

  private JarCopies() {}

  /**
   * Copies a jar, unless there is a copy of the same content.
   *
   * @return the copy
   * @throws IOException if the jar cannot be read, or the copy cannot be written
   */
  static Path copy(Path jar, Path folder) throws IOException {
    var fresh = Files.createTempFile(folder, "jar-", ".new");
    try {
      var checksum = new CRC32C();
      try (var in = Files.newInputStream(jar);
          var out = new CheckedOutputStream(Files.newOutputStream(fresh), checksum)) {
        in.transferTo(out);
      }
      for (int number = 0; ; number++) {
        var name =
            "%08x-%d%s.jar"
                .formatted(checksum.getValue(), Files.size(fresh), number == 0 ? "" : "-" + number);
        var copy = folder.resolve(name);
        if (!Files.exists(copy)) {
          Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
          return copy;
        }
        if (Files.mismatch(fresh, copy) < 0) {
          return copy;
        }
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Removes the copies in a folder that are not among these. */
  static void removeAllBut(Collection<Path> used, Path folder) throws IOException {
    try (var copies = Files.newDirectoryStream(folder, "*.jar")) {
      for (var copy : copies) {
        if (!used.contains(copy)) {
          Files.deleteIfExists(copy);
        }
      }
    }
  }
}
