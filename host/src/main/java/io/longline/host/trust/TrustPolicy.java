package io.longline.host.trust;

import java.util.Locale;

/** Which jars are loaded. Immutable. */
public enum TrustPolicy {
  /** Any jar in the plugins folder. */
  ANY,

  /** Jars whose hash was recorded in {@code plugins.lock}. */
  PINNED,

  /** Jars that a trusted key has signed. */
  SIGNED;

  /** The word for it in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
