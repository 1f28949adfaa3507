package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.detections.Addresses;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One indicator, as a feed has it. Immutable but for the array, which nobody changes.
 *
 * <p>Texts of feeds are read here with one character for each byte.
 *
 * @param type its type
 * @param bytes the bytes of its text, or of the address, in network order
 * @param number the width of a subnet, or a port; otherwise 0
 * @param isSuffix whether a domain stands for the names under it too
 */
@SuppressWarnings("ArrayRecordComponent") // It lives for one line of a feed.
record Indicator(IndicatorType type, byte[] bytes, int number, boolean isSuffix) {

  private static final int LONGEST_NAME = 253;
  private static final int MAX_PORT = 65_535;

  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z0-9-]{2,63}");

  private static final Pattern NUMBER_AT_END = Pattern.compile(".*\\.[0-9]+");
  private static final Pattern WIDTH = Pattern.compile("[0-9.]+");
  private static final Pattern HASH =
      Pattern.compile("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{128}");

  /**
   * An indicator as Zeek's framework takes it: an address or subnet is read, anything else is
   * compared as it is.
   *
   * @param isSuffix whether a domain stands for the names under it too
   * @return null if it cannot be one of the type
   */
  static @Nullable Indicator ofType(IndicatorType type, String text, boolean isSuffix) {
    return switch (type) {
      case ADDR -> address(text);
      case SUBNET -> subnet(text);
      case ADDR_PORT -> addressPort(text);
      case DOMAIN -> isSuffix ? suffix(text) : text(type, text);
      case URL,
          SOFTWARE,
          EMAIL,
          USER_NAME,
          CERT_HASH,
          PUBKEY_HASH,
          FILE_HASH,
          FILE_NAME,
          JA3,
          JA4 ->
          text(type, text);
    };
  }

  /** An indicator of a list or table, in which URLs may be as a browser shows them. */
  static @Nullable Indicator listed(IndicatorType type, String text, boolean isSuffix) {
    return type == IndicatorType.URL ? url(text) : ofType(type, text, isSuffix);
  }

  /**
   * An indicator of a list that does not say which type it has.
   *
   * @param isSuffix whether a domain stands for the names under it too
   * @return null if it looks like none
   */
  static @Nullable Indicator guessed(String text, boolean isSuffix) {
    if (ComparableUrl.schemeEnd(text) > 0) {
      return url(text);
    }
    var address = address(text);
    if (address != null) {
      return address;
    }
    if (text.indexOf('/') > 0) {
      var subnet = subnet(text);
      return subnet == null && isUrl(text) ? url(text) : subnet;
    }
    if (HASH.matcher(text).matches()) {
      return text(IndicatorType.FILE_HASH, text);
    }
    if (text.indexOf('@') > 0) {
      boolean isMail = isName(text.substring(text.indexOf('@') + 1));
      return isMail ? text(IndicatorType.EMAIL, text) : null;
    }
    return text.indexOf(':') > 0 ? addressPort(text) : domain(text, isSuffix);
  }

  /** Whether a host and a path make a URL, and are no subnet that is wrong. */
  private static boolean isUrl(String text) {
    int slash = text.indexOf('/');
    var host = text.substring(0, slash);
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    if (hasPort && number(host.substring(colon + 1), MAX_PORT) < 0) {
      return false;
    }
    var name = hasPort ? host.substring(0, colon) : host;
    boolean isWrongSubnet = !hasPort && WIDTH.matcher(text.substring(slash + 1)).matches();
    return isName(name) || (!isWrongSubnet && isHostAddress(name));
  }

  /** Whether it is an IPv4 address, or an IPv6 address in brackets. */
  private static boolean isHostAddress(String name) {
    boolean isBracketed = name.startsWith("[") && name.endsWith("]");
    return isBracketed
        ? bytes(name.substring(1, name.length() - 1)) != null
        : name.indexOf(':') < 0 && bytes(name) != null;
  }

  private static @Nullable Indicator domain(String text, boolean isSuffix) {
    boolean isWild = text.startsWith(".") || text.startsWith("*.");
    var name = isWild ? text.substring(text.indexOf('.') + 1) : text;
    if (!isName(withoutLastDot(name))) {
      return null;
    }
    return isSuffix || isWild ? suffix(name) : text(IndicatorType.DOMAIN, withoutLastDot(name));
  }

  /** Whether it is a full domain name, and no number. */
  static boolean isName(String text) {
    return text.length() <= LONGEST_NAME
        && NAME.matcher(text).matches()
        && !NUMBER_AT_END.matcher(text).matches();
  }

  private static String withoutLastDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static @Nullable Indicator url(String text) {
    return text(IndicatorType.URL, ComparableUrl.of(text));
  }

  private static @Nullable Indicator text(IndicatorType type, String text) {
    return text.isEmpty() ? null : new Indicator(type, text.getBytes(ISO_8859_1), 0, false);
  }

  private static @Nullable Indicator suffix(String text) {
    var name = withoutLastDot(text);
    while (name.startsWith(".") || name.startsWith("*.")) {
      name = name.substring(name.indexOf('.') + 1);
    }
    return name.isEmpty()
        ? null
        : new Indicator(IndicatorType.DOMAIN, name.getBytes(ISO_8859_1), 0, true);
  }

  private static @Nullable Indicator address(String text) {
    var bytes = bytes(text);
    return bytes == null ? null : new Indicator(IndicatorType.ADDR, bytes, 0, false);
  }

  private static byte @Nullable [] bytes(String text) {
    var bytes = new byte[Addresses.V6];
    int length = Addresses.parse(text, bytes);
    return length == 0 ? null : Arrays.copyOf(bytes, length);
  }

  private static @Nullable Indicator subnet(String text) {
    int slash = text.indexOf('/');
    var bytes = slash < 0 ? null : bytes(text.substring(0, slash));
    int width = bytes == null ? -1 : number(text.substring(slash + 1), bytes.length * Byte.SIZE);
    return bytes == null || width < 0
        ? null
        : new Indicator(IndicatorType.SUBNET, bytes, width, false);
  }

  /** {@code 192.0.2.1:80} or {@code [2001:db8::1]:80}. */
  private static @Nullable Indicator addressPort(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    var host = text.substring(0, colon);
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    var bytes = bytes(isBracketed ? host.substring(1, host.length() - 1) : host);
    int port = number(text.substring(colon + 1), MAX_PORT);
    boolean isOne = bytes != null && port >= 0 && (isBracketed || host.indexOf(':') < 0);
    return isOne && bytes != null
        ? new Indicator(IndicatorType.ADDR_PORT, bytes, port, false)
        : null;
  }

  /** A number of up to five digits; -1 if it is none, or too large. */
  private static int number(String digits, int most) {
    if (digits.isEmpty() || digits.length() > 5) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number <= most ? number : -1;
  }
}
