package io.longline.host.trust;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which jars of plugins are loaded, as the settings say. Immutable.
 *
 * <pre>{@code
 * var trust = new PluginTrust(TrustPolicy.SIGNED, Path.of("/etc/longline/trusted.d"));
 * var jar = trust.in(plugins).of(file, copy, "dns-queries");
 * }</pre>
 *
 * @param policy which jars are loaded
 * @param keys the folder of trusted keys; null if there is none
 */
public record PluginTrust(TrustPolicy policy, @Nullable Path keys) {

  /** Loads any jar. */
  public static final PluginTrust ANY = new PluginTrust(TrustPolicy.ANY, null);

  /**
   * The policy with the lock and the keys as they are now.
   *
   * @param plugins the plugins folder
   * @throws IOException if one of them cannot be read; the message says what to do
   */
  public FolderTrust in(Path plugins) throws IOException {
    return new FolderTrust(policy, PluginLock.in(plugins), trustedKeys());
  }

  /**
   * The keys as they are now.
   *
   * @throws IOException if they cannot be read; the message says what to do
   */
  public TrustedKeys trustedKeys() throws IOException {
    return keys == null ? TrustedKeys.NONE : TrustedKeys.in(keys);
  }

  /** Whether signatures must be valid, so that what is not signed is refused. */
  public boolean wantsSignatures() {
    return policy == TrustPolicy.SIGNED || keys != null;
  }
}
