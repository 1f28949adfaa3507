package io.longline.detections;

import java.util.Locale;

/** What a value is, that is looked for in allow lists. */
public enum SeenKind {
  /** An IP address. */
  ADDRESS,
  /** A domain name. */
  NAME,
  /** A URL, with or without its scheme. */
  URL,
  /** An e-mail address. */
  EMAIL,
  /** The hash of a file or certificate, or a fingerprint of a client. */
  HASH,
  /** Anything else, such as a user agent or a file name. */
  TEXT;

  /**
   * Whether values of this kind are values of an attribute of MISP, such as {@code ip-src|port}.
   *
   * @see <a href="https://www.misp-project.org/datamodels/">MISP's types of attributes</a>
   */
  boolean isOf(String attribute) {
    var name = attribute.toLowerCase(Locale.ROOT);
    return switch (this) {
      case ADDRESS -> name.startsWith("ip-") || name.contains("|ip");
      case NAME -> name.startsWith("domain") || name.startsWith("hostname");
      case URL -> name.equals("url") || name.equals("uri") || name.equals("link");
      case EMAIL -> name.startsWith("email") || name.startsWith("target-email");
      case HASH -> isHash(name);
      case TEXT -> name.equals("user-agent") || name.startsWith("filename");
    };
  }

  private static boolean isHash(String attribute) {
    return attribute.contains("md5")
        || attribute.contains("sha")
        || attribute.contains("ja3")
        || attribute.contains("fingerprint");
  }
}
