package io.longline.host.trust;

/**
 * What is known of where a jar comes from. Immutable.
 *
 * @param sha256 its hash, 64 hexadecimal digits in lower case
 * @param lock whether it is the jar that was installed
 * @param lockedVersion the version in the lock; empty without an entry
 * @param signing whether it is signed
 */
public record JarTrust(String sha256, Lock lock, String lockedVersion, Signing signing) {

  /** How a jar stands to the lock. */
  public enum Lock {
    /** The plugin has no entry. */
    NOT_LOCKED,
    /** It is the jar of the plugin's entry. */
    LOCKED,
    /** The plugin's entry is about another jar. */
    CHANGED
  }
}
