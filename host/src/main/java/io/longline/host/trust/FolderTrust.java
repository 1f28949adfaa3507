package io.longline.host.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The policy, lock and keys for one plugins folder as they were at one moment. Immutable.
 *
 * @param policy which jars are loaded
 * @param lock the jars that were installed
 * @param keys the keys whose signatures count
 */
public record FolderTrust(TrustPolicy policy, PluginLock lock, TrustedKeys keys) {

  private static final int BUFFER = 1 << 16;

  /**
   * What is known of a jar.
   *
   * @param file where people see it, and its signature beside it
   * @param content what is read: the jar, or the copy of it that is to be loaded
   * @throws IOException if it, or its signature, cannot be read
   */
  public JarTrust of(Path file, Path content, String id) throws IOException {
    var hash = sha256(content);
    return new JarTrust(hash, standing(id, hash), lockedVersion(id), signing(file, content));
  }

  /**
   * How a jar stands to the lock.
   *
   * @param sha256 its hash
   */
  public JarTrust.Lock standing(String id, String sha256) {
    if (lock.has(id, sha256)) {
      return JarTrust.Lock.LOCKED;
    }
    return lock.of(id).isPresent() ? JarTrust.Lock.CHANGED : JarTrust.Lock.NOT_LOCKED;
  }

  /** The version of a plugin in the lock; empty without an entry. */
  public String lockedVersion(String id) {
    return lock.of(id).map(LockedPlugin::version).orElse("");
  }

  /**
   * Whether a jar is signed.
   *
   * @param file where people see it, and its signature beside it
   * @param content what is read
   * @throws IOException if it, or its signature, cannot be read
   */
  public Signing signing(Path file, Path content) throws IOException {
    return keys.check(file, SignedContent.of(content));
  }

  /** The SHA-256 hash of a file, 64 hexadecimal digits in lower case. */
  public static String sha256(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      // Opening a pipe would wait for somebody to write to it.
      throw new IOException(file + " is not a regular file");
    }
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
