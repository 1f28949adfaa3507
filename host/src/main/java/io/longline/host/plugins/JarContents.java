package io.longline.host.plugins;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a jar as this JVM sees them: in a multi-release jar each in the version that is
 * for this Java. All code that reads jars of plugins reads them by this class, whether it verifies,
 * installs or loads them, so that all of it finds the same. What is read is limited, since a jar
 * may unpack to any size. Thread-safe.
 */
final class JarContents implements Closeable {

  private final JarFile jar;
  private final boolean isSigned;

  private JarContents(JarFile jar, boolean isSigned) {
    this.jar = jar;
    this.isSigned = isSigned;
  }

  /**
   * Opens a jar. If it is signed, what is read of it is checked against the signature.
   *
   * @throws JarLimitException if it holds more than a jar of a plugin may hold
   * @throws IOException if it is not a regular file, or cannot be read as a jar
   */
  static JarContents open(Path file) throws IOException {
    boolean isSigned = JarLimits.check(file);
    return new JarContents(
        new JarFile(file.toFile(), isSigned, JarFile.OPEN_READ, JarFile.runtimeVersion()),
        isSigned);
  }

  /** The file, for addresses of what is in it. */
  Path file() {
    return Path.of(jar.getName());
  }

  /** Whether it has files of a signature. */
  boolean isSigned() {
    return isSigned;
  }

  /** The manifest; null if it has none. */
  @Nullable Manifest manifest() throws IOException {
    return jar.getManifest();
  }

  /** The names of all entries but folders; none of them is of another version of Java. */
  List<String> names() {
    return jar.versionedStream()
        .filter(entry -> !entry.isDirectory())
        .map(JarEntry::getName)
        .toList();
  }

  /** The entry of a name; null if there is none, or the jar is closed. */
  @Nullable JarEntry entry(String name) {
    try {
      return jar.getJarEntry(name);
    } catch (IllegalStateException e) {
      // Closed: a plugin may close its own class loader, and its classes go on.
      return null;
    }
  }

  /**
   * The bytes of an entry.
   *
   * @param entry an entry of this jar; once it is read, it knows who signed it
   * @param limit the most bytes that it may have
   * @throws JarLimitException if it has more
   * @throws IOException if it cannot be read, or has another size than the jar's directory states
   * @throws SecurityException if it is not what was signed
   */
  byte[] read(JarEntry entry, int limit) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      var bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new JarLimitException(
            "%s has more than the %d bytes that it may have.".formatted(entry.getName(), limit));
      }
      if (entry.getSize() >= 0 && entry.getSize() != bytes.length) {
        throw new ZipException(
            "%s has %d bytes, and the directory of the jar states %d"
                .formatted(entry.getName(), bytes.length, entry.getSize()));
      }
      return bytes;
    }
  }

  /**
   * Copies the bytes of an entry, however many they are.
   *
   * @param entry an entry of this jar; once it is copied, it knows who signed it
   * @throws IOException if it cannot be read
   * @throws SecurityException if it is not what was signed
   */
  void copy(JarEntry entry, OutputStream out) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      in.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
