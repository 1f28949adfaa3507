package io.longline.host.configuration;

import java.util.Locale;

/** The format of the log of findings. */
public enum FindingsFormat {
  /** Tab-separated, with a header. */
  ZEEK,
  /** An object a line. */
  JSON;

  /** Its name in the settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
