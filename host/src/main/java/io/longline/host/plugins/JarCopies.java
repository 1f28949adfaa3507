package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Private copies of jars, each named by what is in it. Thread-safe. */
final class JarCopies {

  private JarCopies() {}

  /**
   * Copies a jar, unless there is a copy of the same content.
   *
   * @throws IOException if it cannot be read, or the copy not be written
   */
  static Path copy(Path jar, Path folder) throws IOException {
    var fresh = Files.createTempFile(folder, "jar-", ".new");
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(jar), digest)) {
        Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      }
      var copy = folder.resolve(HexFormat.of().formatHex(digest.digest()) + ".jar");
      if (!Files.exists(copy)) {
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
      }
      return copy;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
