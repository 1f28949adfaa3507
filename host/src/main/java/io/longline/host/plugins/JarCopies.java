package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Private copies of jars, each named by what is in it. Thread-safe.
 *
 * <p>The name is a checksum and a size: a cryptographic hash of the bundled plugins would take a
 * tenth of a second at each start, and the bytes are compared where a name is taken.
 */
final class JarCopies {

  private JarCopies() {}

  /**
   * Copies a jar, unless there is a copy of the same content.
   *
   * @throws IOException if it cannot be read, or the copy not be written
   */
  static Path copy(Path jar, Path folder) throws IOException {
    var bytes = Files.readAllBytes(jar);
    var checksum = new CRC32C();
    checksum.update(bytes);
    for (int number = 0; ; number++) {
      var name =
          "%08x-%d%s.jar"
              .formatted(checksum.getValue(), bytes.length, number == 0 ? "" : "-" + number);
      var copy = folder.resolve(name);
      if (!Files.exists(copy)) {
        write(bytes, copy);
        return copy;
      }
      if (Arrays.equals(Files.readAllBytes(copy), bytes)) {
        return copy;
      }
    }
  }

  private static void write(byte[] bytes, Path copy) throws IOException {
    var fresh = Files.createTempFile(copy.getParent(), "jar-", ".new");
    try {
      Files.write(fresh, bytes);
      Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
