package io.longline.host.trust;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * A jar that somebody wanted in the plugins folder: an entry of {@code plugins.lock}. Immutable.
 *
 * @param id the plugin's id
 * @param version its version
 * @param sha256 the SHA-256 hash of the jar, 64 hexadecimal digits in lower case
 * @param origin where the jar came from, a path or an address without passwords; empty if unknown
 * @param signer the id of the key that had signed it then; empty if it was not validly signed
 * @param time when it was recorded, in whole seconds
 * @param isPinned whether upgrading leaves the plugin as it is
 */
public record LockedPlugin(
    String id,
    String version,
    String sha256,
    String origin,
    String signer,
    Instant time,
    boolean isPinned) {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Checks the hash, and cuts off parts of seconds. */
  public LockedPlugin {
    if (!HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256 is not 64 hexadecimal digits in lower case");
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id is empty");
    }
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether it is an entry of this plugin; ids that differ only by case are one. */
  public boolean isOf(String plugin) {
    return id.equalsIgnoreCase(plugin);
  }

  /** A copy that upgrading leaves as it is, or one that it does not. */
  public LockedPlugin pinned(boolean newPinned) {
    return new LockedPlugin(id, version, sha256, origin, signer, time, newPinned);
  }
}
