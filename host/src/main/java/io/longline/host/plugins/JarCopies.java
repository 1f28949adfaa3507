package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Private copies of jars, each named after its content. Thread-safe.
 *
 * <p>The name is a checksum and a size: a cryptographic hash of the bundled plugins would take a
 * tenth of a second at each start, and the bytes are compared where a name is taken. Where only
 * some jars may be loaded, the name is a SHA-256 hash, so that a copy can be made again of a file
 * that somebody may have exchanged.
 */
final class JarCopies {

  private static final Pattern NAME_BY_HASH = Pattern.compile("[0-9a-f]{64}-.*");

  private JarCopies() {}

  /**
   * Copies a jar, unless there is a copy of the same content.
   *
   * @param isHashed whether it is named after its SHA-256 hash
   * @return the copy
   * @throws IOException if the jar cannot be read, or the copy cannot be written
   */
  static Path copy(Path jar, Path folder, boolean isHashed) throws IOException {
    var fresh = Files.createTempFile(folder, "jar-", ".new");
    try {
      var checksum = isHashed ? copyWithHash(jar, fresh) : copyWithChecksum(jar, fresh);
      for (int number = 0; ; number++) {
        var name =
            "%s-%d%s.jar".formatted(checksum, Files.size(fresh), number == 0 ? "" : "-" + number);
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

  private static String copyWithChecksum(Path jar, Path fresh) throws IOException {
    var checksum = new CRC32C();
    try (var in = Files.newInputStream(jar);
        var out = new CheckedOutputStream(Files.newOutputStream(fresh), checksum)) {
      in.transferTo(out);
    }
    return "%08x".formatted(checksum.getValue());
  }

  private static String copyWithHash(Path jar, Path fresh) throws IOException {
    try (var in = Files.newInputStream(jar);
        var out =
            new DigestOutputStream(
                Files.newOutputStream(fresh), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Whether a copy is named after its SHA-256 hash. */
  static boolean isHashed(Path copy) {
    return NAME_BY_HASH.matcher(copy.getFileName().toString()).matches();
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
