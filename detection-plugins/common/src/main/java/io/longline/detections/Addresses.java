package io.longline.detections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Reads IP addresses from texts, without any lookup and without making an object. An IPv4 address
 * that is written within IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address, as in Zeek.
 * Stateless.
 */
public final class Addresses {

  /** The number of bytes of an IPv4 address. */
  public static final int V4 = 4;

  /** The number of bytes of an IPv6 address. */
  public static final int V6 = 16;

  private static final int GROUPS = 8;
  private static final int LONGEST = 45;

  private Addresses() {}

  /**
   * Reads an address.
   *
   * @param target 16 bytes or more; undefined if the text is no address
   * @return how many bytes were written: 4 or 16, 0 if the text is no address
   */
  public static int parse(CharSequence text, byte[] target) {
    if (text.length() > LONGEST) {
      return 0;
    }
    var bytes = text.toString().getBytes(ISO_8859_1);
    return parse(bytes, 0, bytes.length, target);
  }

  /**
   * Reads an address from a range of ASCII bytes.
   *
   * @param target 16 bytes or more; undefined if the text is no address
   * @return how many bytes were written: 4 or 16, 0 if the text is no address
   */
  public static int parse(byte[] text, int from, int to, byte[] target) {
    if (to - from < 2 || to - from > LONGEST) {
      return 0;
    }
    for (int i = from; i < Math.min(to, from + 5); i++) {
      if (text[i] == ':') {
        return parse6(text, from, to, target) ? unmapped(target) : 0;
      }
    }
    return parse4(text, from, to, target, 0) ? V4 : 0;
  }

  /**
   * Makes 16 bytes that hold an IPv4 address the 4 bytes of it.
   *
   * @return 4 if they do, otherwise 16
   */
  public static int unmapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return V6;
      }
    }
    if (address[10] != -1 || address[11] != -1) {
      return V6;
    }
    System.arraycopy(address, 12, address, 0, V4);
    return V4;
  }

  private static boolean parse4(byte[] text, int from, int to, byte[] target, int offset) {
    int group = 0;
    int value = -1;
    for (int i = from; i <= to; i++) {
      int c = i < to ? text[i] : '.';
      if (c == '.') {
        if (value < 0 || group == V4) {
          return false;
        }
        target[offset + group++] = (byte) value;
        value = -1;
      } else if (c >= '0' && c <= '9') {
        value = Math.max(value, 0) * 10 + (c - '0');
        if (value > 255) {
          return false;
        }
      } else {
        return false;
      }
    }
    return group == V4;
  }

  private static boolean parse6(byte[] text, int from, int to, byte[] target) {
    int count = 0;
    int gap = -1;
    int at = from;
    if (text[at] == ':') {
      if (text[at + 1] != ':') {
        return false;
      }
      gap = 0;
      at += 2;
    }
    while (at < to) {
      int end = groupEnd(text, at, to);
      if (end < to && text[end] == '.') {
        if (count > GROUPS - 2 || !parse4(text, at, to, target, count * 2)) {
          return false;
        }
        count += 2;
        break;
      }
      int value = hexadecimal(text, at, end);
      if (value < 0 || count == GROUPS) {
        return false;
      }
      target[count * 2] = (byte) (value >> 8);
      target[count * 2 + 1] = (byte) value;
      count++;
      at = end + 1;
      if (end == to) {
        break;
      }
      if (at < to && text[at] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = count;
        at++;
      } else if (at == to) {
        return false;
      }
    }
    return fillGap(target, count, gap);
  }

  private static int groupEnd(byte[] text, int from, int to) {
    int end = from;
    while (end < to && text[end] != ':' && text[end] != '.') {
      end++;
    }
    return end;
  }

  private static int hexadecimal(byte[] text, int from, int to) {
    if (from == to || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] < 0 ? -1 : Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static boolean fillGap(byte[] target, int count, int gap) {
    if (gap < 0 || count == GROUPS) {
      return gap < 0 && count == GROUPS;
    }
    int tail = (count - gap) * 2;
    System.arraycopy(target, gap * 2, target, V6 - tail, tail);
    Arrays.fill(target, gap * 2, V6 - tail, (byte) 0);
    return true;
  }
}
