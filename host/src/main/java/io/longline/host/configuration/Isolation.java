package io.longline.host.configuration;

import java.util.Locale;

/** Where a plugin's hooks run. */
public enum Isolation {
  /** In threads of the host. */
  THREAD,
  /** In a process of their own. */
  PROCESS;

  /** How the settings file says it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
