package io.longline.plugins.dnsanomalies;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Addresses as two numbers: the halves of an IPv6 address, which may map an IPv4 address. */
final class ClientAddress {

  private static final long MAPPED = 0xffffL << 32;
  private static final int V4 = 4;
  private static final int V6 = 16;

  private ClientAddress() {}

  /** The upper half of an address of so many bytes, 4 or 16. */
  static long high(byte[] address, int length) {
    return length == V4 ? 0 : number(address, 0, Long.BYTES);
  }

  /** The lower half of an address of so many bytes, 4 or 16. */
  static long low(byte[] address, int length) {
    return length == V4 ? MAPPED | number(address, 0, V4) : number(address, Long.BYTES, V6);
  }

  private static long number(byte[] bytes, int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }

  /** The 4 or 16 bytes of an address. */
  static byte[] bytes(long high, long low) {
    if (high == 0 && (low & ~0xffffffffL) == MAPPED) {
      return ByteBuffer.allocate(V4).putInt((int) low).array();
    }
    return ByteBuffer.allocate(V6).putLong(high).putLong(low).array();
  }

  /** As Zeek writes it: the longest group of zeros of an IPv6 address is left out (RFC 5952). */
  static String text(byte[] address) {
    if (address.length == V4) {
      var dotted = new StringBuilder();
      for (byte part : address) {
        dotted.append('.').append(part & 0xff);
      }
      return dotted.substring(1);
    }
    var groups = new StringBuilder();
    for (int i = 0; i < V6; i += 2) {
      int group = (address[i] & 0xff) << 8 | (address[i + 1] & 0xff);
      groups.append(':').append(Integer.toHexString(group));
    }
    var zeros = longestZeros(address);
    if (zeros.isEmpty()) {
      return groups.substring(1);
    }
    var short6 = groups.toString().replaceFirst(zeros, "::").replaceFirst(":::", "::");
    return short6.startsWith("::") || !short6.startsWith(":") ? short6 : short6.substring(1);
  }

  private static String longestZeros(byte[] address) {
    var hex = HexFormat.of().formatHex(address);
    for (int groups = V6 / 2; groups >= 2; groups--) {
      for (int at = 0; at + groups * 4 <= hex.length(); at += 4) {
        if (hex.startsWith("0000".repeat(groups), at)) {
          return ":0".repeat(groups) + "(?![0-9a-f])";
        }
      }
    }
    return "";
  }
}
