package io.longline.plugins.beacons;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A few subnets, which addresses are compared with one by one. Immutable. */
final class Subnets {

  /** What {@link InetAddress#getByName} reads without asking anybody. */
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final int IPV4_BYTES = 4;

  /** How many bits of a number follow its first byte. */
  private static final int FIRST_BYTE = 24;

  /** The first bits, and which of them count, of each. */
  private final int[] values;

  private final int[] masks;
  private final List<Wide> wide;

  /** Whether a subnet of IPv4 has addresses that begin with this byte. */
  private final boolean[] mayBegin = new boolean[1 << Byte.SIZE];

  /** A subnet of IPv6. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
  private record Wide(byte[] address, int bits) {

    boolean contains(byte[] other) {
      int whole = bits / Byte.SIZE;
      for (int i = 0; i < whole; i++) {
        if (address[i] != other[i]) {
          return false;
        }
      }
      int rest = bits % Byte.SIZE;
      return rest == 0 || (address[whole] ^ other[whole]) >> (Byte.SIZE - rest) == 0;
    }
  }

  private Subnets(int[] values, int[] masks, List<Wide> wide) {
    this.values = values;
    this.masks = masks;
    this.wide = List.copyOf(wide);
    for (int first = 0; first < mayBegin.length; first++) {
      for (int i = 0; i < values.length; i++) {
        mayBegin[first] |= ((first << FIRST_BYTE ^ values[i]) & masks[i] & 0xff000000) == 0;
      }
    }
  }

  /**
   * Reads subnets such as {@code 10.0.0.0/8}, and addresses, which are subnets of one host.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  static Subnets of(List<String> texts) {
    var values = new ArrayList<Integer>();
    var masks = new ArrayList<Integer>();
    var wide = new ArrayList<Wide>();
    for (var text : texts) {
      int slash = text.indexOf('/');
      var address = address(slash < 0 ? text : text.substring(0, slash), text);
      int most = address.length * Byte.SIZE;
      int bits = slash < 0 ? most : bits(text.substring(slash + 1), most, text);
      if (address.length == IPV4_BYTES) {
        int mask = bits == 0 ? 0 : -1 << (Integer.SIZE - bits);
        values.add(number(address) & mask);
        masks.add(mask);
      } else {
        wide.add(new Wide(address, bits));
      }
    }
    return new Subnets(
        values.stream().mapToInt(Integer::intValue).toArray(),
        masks.stream().mapToInt(Integer::intValue).toArray(),
        wide);
  }

  private static byte[] address(String address, String text) {
    var bytes = literal(address);
    if (bytes == null) {
      throw unreadable(text, null);
    }
    return bytes;
  }

  /** The bytes of an address; null if a text is none. Nobody is asked. */
  static byte @Nullable [] literal(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static int bits(String number, int most, String text) {
    try {
      int bits = Integer.parseInt(number);
      if (bits >= 0 && bits <= most) {
        return bits;
      }
    } catch (NumberFormatException e) {
      throw unreadable(text, e);
    }
    throw unreadable(text, null);
  }

  private static IllegalArgumentException unreadable(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "\"%s\" is not a subnet. Write one as 192.168.0.0/16 or fd00::/8.".formatted(text), cause);
  }

  /** The number of an IPv4 address. */
  private static int number(byte[] address) {
    return (address[0] & 0xff) << 24
        | (address[1] & 0xff) << 16
        | (address[2] & 0xff) << 8
        | (address[3] & 0xff);
  }

  /** Whether there is none. */
  boolean isEmpty() {
    return values.length == 0 && wide.isEmpty();
  }

  /**
   * Whether an address is in one of them.
   *
   * @param address its bytes, in network order
   * @param length 4 or 16
   */
  boolean contains(byte[] address, int length) {
    if (length != IPV4_BYTES) {
      for (var each : wide) {
        if (each.contains(address)) {
          return true;
        }
      }
      return false;
    }
    if (!mayBegin[address[0] & 0xff]) {
      return false;
    }
    int number = number(address);
    for (int i = 0; i < values.length; i++) {
      if ((number & masks[i]) == values[i]) {
        return true;
      }
    }
    return false;
  }
}
