package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checks that the entries of a jar are within limits, before the JDK reads any of them by itself:
 * it reads manifests and files of signatures whole. Confined to one thread.
 */
final class JarLimits {

  /** The most entries; a jar with all its libraries has some ten thousand. */
  private static final int MAX_ENTRIES = 100_000;

  private static final int MAX_NAME = 1_000;

  /** The largest class file, in bytes. */
  static final int MAX_CLASS = 8 << 20;

  /** All class files together, in bytes. */
  private static final long MAX_CLASSES = 256L << 20;

  private static final int MAX_MANIFEST = 4 << 20;

  /** That of a signed jar has a section for each entry. */
  private static final int MAX_SIGNED_MANIFEST = 16 << 20;

  /** Names that the JDK's table cannot tell apart, which it compares one by one. */
  private static final int MAX_SAME_HASH = 1_000;

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");

  private final ZipFile zip;
  private final Map<Integer, Integer> hashes = new HashMap<>();
  private final Set<String> wholeFiles = new HashSet<>();
  private long classBytes;
  private boolean isSigned;

  private JarLimits(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Checks a jar.
   *
   * @return whether it has files of a signature
   * @throws JarLimitException if it is beyond a limit
   * @throws IOException if it is not a regular file, or cannot be read as a zip file
   */
  static boolean check(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Opening a pipe would wait for somebody to write to it.
      throw new IOException("it is not a regular file");
    }
    JarDirectory.check(file);
    try (var zip = new ZipFile(file.toFile())) {
      var limits = new JarLimits(zip);
      limits.check();
      return limits.isSigned;
    }
  }

  private void check() throws IOException {
    if (zip.size() > MAX_ENTRIES) {
      throw new JarLimitException(
          "The jar has %d entries, more than the %d that a jar may have."
              .formatted(zip.size(), MAX_ENTRIES));
    }
    for (var entry : Collections.list(zip.entries())) {
      checkName(entry.getName());
      if (entry.getName().endsWith(".class")) {
        checkClass(entry);
      }
    }
    for (var name : wholeFiles) {
      checkWhole(name);
    }
  }

  private void checkName(String name) throws JarLimitException {
    if (name.length() > MAX_NAME) {
      throw new JarLimitException(
          "The name of an entry has %d characters, more than the %d that it may have: %s…."
              .formatted(name.length(), MAX_NAME, name.substring(0, 40)));
    }
    if (hashes.merge(name.hashCode(), 1, Integer::sum) > MAX_SAME_HASH) {
      throw new JarLimitException(
          "More than %d entries have names with the same hash code, as no tool makes them: %s."
              .formatted(MAX_SAME_HASH, name));
    }
    var upper = name.toUpperCase(Locale.ROOT);
    boolean isSignature = SIGNATURE.matcher(upper).matches();
    isSigned |= isSignature;
    if (isSignature || upper.equals(MANIFEST) || name.equals(JarClassLoader.DRIVERS)) {
      wholeFiles.add(name);
    }
  }

  private void checkClass(ZipEntry entry) throws JarLimitException {
    classBytes += entry.getSize();
    if (entry.getSize() > MAX_CLASS) {
      throw new JarLimitException(
          "The class file %s has %d bytes, more than the %d that it may have."
              .formatted(entry.getName(), entry.getSize(), MAX_CLASS));
    }
    if (classBytes > MAX_CLASSES) {
      throw new JarLimitException(
          "The class files of the jar have more than the %d bytes that they may have together."
              .formatted(MAX_CLASSES));
    }
  }

  private int limit(String name) {
    if (name.equals(JarClassLoader.DRIVERS)) {
      return IndexNames.MAX_BYTES;
    }
    return isSigned ? MAX_SIGNED_MANIFEST : MAX_MANIFEST;
  }

  /** Unpacks a file to see how large it is, since the directory may state another size. */
  private void checkWhole(String name) throws IOException {
    int limit = limit(name);
    var entry = zip.getEntry(name);
    if (entry == null) {
      return;
    }
    try (var in = zip.getInputStream(entry)) {
      if (in.skip(limit + 1L) > limit) {
        throw new JarLimitException(
            "%s has more than the %d bytes that it may have.".formatted(name, limit));
      }
    }
  }
}
