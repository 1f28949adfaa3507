package io.longline.plugins.indicators;

import io.longline.detections.SeenKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The types of indicators: those of Zeek's intelligence framework, and three more.
 *
 * @see <a href="https://docs.zeek.org/en/master/frameworks/intel.html">Zeek's framework</a>
 */
enum IndicatorType {
  ADDR(1, SeenKind.ADDRESS),
  SUBNET(2, SeenKind.ADDRESS),
  URL(3, SeenKind.URL),
  SOFTWARE(4, SeenKind.TEXT),
  EMAIL(5, SeenKind.EMAIL),
  DOMAIN(6, SeenKind.NAME),
  USER_NAME(7, SeenKind.TEXT),
  CERT_HASH(8, SeenKind.HASH),
  PUBKEY_HASH(9, SeenKind.HASH),
  FILE_HASH(10, SeenKind.HASH),
  FILE_NAME(11, SeenKind.TEXT),
  /** The hash of what a TLS client, or server, offers; the type of the JA3 package for Zeek. */
  JA3(12, SeenKind.HASH),
  /** The newer form of JA3. */
  JA4(13, SeenKind.HASH),
  /** An address with the port of that end of a connection. */
  ADDR_PORT(14, SeenKind.ADDRESS);

  private static final String PREFIX = "Intel::";

  private final int code;
  private final SeenKind kind;

  IndicatorType(int code, SeenKind kind) {
    this.code = code;
    this.kind = kind;
  }

  /** A number by which keys of this type differ from others; less than 32. */
  int code() {
    return code;
  }

  /** What its values are for an allow list. */
  SeenKind kind() {
    return kind;
  }

  /** The name in Zeek, such as {@code Intel::ADDR}. */
  String zeekName() {
    return PREFIX + name();
  }

  /** The type of a name in Zeek; null if there is none. */
  static @Nullable IndicatorType ofZeek(String name) {
    return of(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
  }

  /** The type of a name in settings, such as {@code file-hash}; null if there is none. */
  static @Nullable IndicatorType ofSetting(String name) {
    return of(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static @Nullable IndicatorType of(String name) {
    for (var type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }
}
