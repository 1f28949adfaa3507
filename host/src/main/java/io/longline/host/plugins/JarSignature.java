package io.longline.host.plugins;

import java.io.IOException;
import java.io.OutputStream;
import java.security.CodeSigner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signature of a signed jar as a whole. The JDK checks each entry when it is read, so
 * that a jar that was changed would load until the first class that was. Confined to one thread.
 */
final class JarSignature {

  /** The most bytes that are unpacked of one jar. */
  private static final long MAX_BYTES = 1L << 30;

  private final JarContents contents;

  /** Who signed the first class of each package; the JDK wants the same for the others. */
  private final Map<String, Set<CodeSigner>> signers = new HashMap<>();

  private long bytes;

  private JarSignature(JarContents contents) {
    this.contents = contents;
  }

  /**
   * What is wrong with the signature; null if nothing is, or if the jar is not signed.
   *
   * @throws JarLimitException if the jar unpacks to more than is read of it
   * @throws IOException if the jar cannot be read
   */
  static @Nullable String problem(JarContents contents) throws IOException {
    if (!contents.isSigned()) {
      return null;
    }
    var check = new JarSignature(contents);
    try {
      for (var name : contents.names()) {
        var entry = contents.entry(name);
        var problem = entry == null ? null : check.problem(entry);
        if (problem != null) {
          return problem;
        }
      }
      return null;
    } catch (SecurityException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private @Nullable String problem(JarEntry entry) throws IOException {
    contents.copy(entry, counter());
    var name = entry.getName();
    if (!name.endsWith(".class")) {
      return null;
    }
    var folder = name.substring(0, name.lastIndexOf('/') + 1);
    var own = signersOf(entry);
    var others = signers.putIfAbsent(folder, own);
    return others == null || others.equals(own)
        ? null
        : name + " was not signed by those who signed the other classes of its package";
  }

  private static Set<CodeSigner> signersOf(JarEntry entry) {
    var found = entry.getCodeSigners();
    return found == null ? Set.of() : Set.copyOf(List.of(found));
  }

  /** A stream that counts what all entries together have. */
  private OutputStream counter() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        count(1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        count(length);
      }
    };
  }

  private void count(int more) throws JarLimitException {
    bytes += more;
    if (bytes > MAX_BYTES) {
      throw new JarLimitException(
          "The jar unpacks to more than the %d bytes that are read to check its signature."
              .formatted(MAX_BYTES));
    }
  }
}
