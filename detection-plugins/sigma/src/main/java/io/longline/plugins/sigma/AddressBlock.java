package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The addresses of a network: a subnet of IPv4 or IPv6, or a single address. Immutable. */
final class AddressBlock {

  private static final int MAX_TEXT = 45;
  private static final int GROUPS = 8;

  private final byte[] address;
  private final int prefix;

  private AddressBlock(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /** The block that a rule names, such as {@code 10.0.0.0/8}; none if it is not one. */
  static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    var address = address((slash < 0 ? text : text.substring(0, slash)).getBytes(US_ASCII));
    if (address == null) {
      return Optional.empty();
    }
    int prefix = address.length * Byte.SIZE;
    if (slash >= 0) {
      var digits = text.substring(slash + 1);
      if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > prefix) {
        return Optional.empty();
      }
      prefix = Integer.parseInt(digits);
    }
    return Optional.of(new AddressBlock(address, prefix));
  }

  /** Whether an address, of 4 or 16 bytes, is in this block. */
  boolean contains(byte[] other) {
    return other.length == address.length && hasPrefix(other);
  }

  private boolean hasPrefix(byte[] other) {
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (other[i] != address[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || ((other[whole] ^ address[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
  }

  /** The bytes of an address; null if the text is not one. Nothing is looked up. */
  static byte @Nullable [] address(byte[] text) {
    if (text.length < 2 || text.length > MAX_TEXT) {
      return null;
    }
    for (byte b : text) {
      if (b == ':') {
        return ipv6(new String(text, US_ASCII));
      }
    }
    return ipv4(text, 0);
  }

  private static byte @Nullable [] ipv4(byte[] text, int from) {
    var address = new byte[4];
    int part = 0;
    int number = -1;
    for (int i = from; i <= text.length; i++) {
      if (i == text.length || text[i] == '.') {
        if (number < 0 || part == address.length) {
          return null;
        }
        address[part++] = (byte) number;
        number = -1;
      } else {
        if (text[i] < '0' || text[i] > '9') {
          return null;
        }
        number = Math.max(number, 0) * 10 + text[i] - '0';
        if (number > 0xff) {
          return null;
        }
      }
    }
    return part == address.length ? address : null;
  }

  private static byte @Nullable [] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      var all = groups(text);
      return all != null && all.length == 2 * GROUPS ? all : null;
    }
    var head = groups(text.substring(0, gap));
    var tail = groups(text.substring(gap + 2));
    if (head == null || tail == null || head.length + tail.length > 2 * GROUPS - 2) {
      return null;
    }
    var address = new byte[2 * GROUPS];
    System.arraycopy(head, 0, address, 0, head.length);
    System.arraycopy(tail, 0, address, address.length - tail.length, tail.length);
    return address;
  }

  /** The bytes of groups with colons between them; the last may be an IPv4 address. */
  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    var groups = text.split(":", -1);
    if (groups.length > GROUPS) {
      return null;
    }
    boolean hasIpv4 = groups[groups.length - 1].indexOf('.') >= 0;
    var bytes = new byte[2 * groups.length + (hasIpv4 ? 2 : 0)];
    for (int i = 0; i < groups.length; i++) {
      if (hasIpv4 && i == groups.length - 1) {
        var last = ipv4(groups[i].getBytes(US_ASCII), 0);
        if (last == null) {
          return null;
        }
        System.arraycopy(last, 0, bytes, 2 * i, last.length);
      } else if (groups[i].matches("[0-9A-Fa-f]{1,4}")) {
        int group = Integer.parseInt(groups[i], 16);
        bytes[2 * i] = (byte) (group >> Byte.SIZE);
        bytes[2 * i + 1] = (byte) group;
      } else {
        return null;
      }
    }
    return bytes;
  }
}
