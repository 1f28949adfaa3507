package io.longline.zeek;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IP addresses from their text, without looking anything up. */
final class AddressText {

  private static final int IPV6_GROUPS = 8;

  private AddressText() {}

  /**
   * The 4 or 16 bytes of an address, in network order; null if the text is none. Brackets are
   * taken.
   */
  static byte @Nullable [] parse(byte[] text, int start, int end) {
    var address = new byte[16];
    int length = parse(text, start, end, address);
    return length == 0 ? null : length == 16 ? address : Arrays.copyOf(address, length);
  }

  /**
   * The same into an array of 16 bytes or more; returns how many were written, 0 if the text is
   * none.
   */
  static int parse(byte[] text, int start, int end, byte[] address) {
    int from = start;
    int to = end;
    if (to - from > 2 && text[from] == '[' && text[to - 1] == ']') {
      from++;
      to--;
    }
    // An IPv6 address has a colon among its first five characters.
    for (int i = from; i < Math.min(to, from + 5); i++) {
      if (text[i] == ':') {
        return parse6(text, from, to, address) ? 16 : 0;
      }
    }
    return parse4(text, from, to, address, 0) ? 4 : 0;
  }

  private static boolean parse4(byte[] text, int from, int to, byte[] address, int offset) {
    int group = 0;
    int value = -1;
    for (int i = from; i <= to; i++) {
      byte b = i < to ? text[i] : (byte) '.';
      if (b == '.') {
        if (value < 0 || group == 4) {
          return false;
        }
        address[offset + group++] = (byte) value;
        value = -1;
      } else if (b >= '0' && b <= '9') {
        value = Math.max(value, 0) * 10 + (b - '0');
        if (value > 255) {
          return false;
        }
      } else {
        return false;
      }
    }
    return group == 4;
  }

  private static boolean parse6(byte[] text, int from, int to, byte[] groups) {
    int count = 0;
    int gap = -1;
    int at = from;
    if (at + 1 < to && text[at] == ':' && text[at + 1] == ':') {
      gap = 0;
      at += 2;
    }
    while (at < to) {
      int groupEnd = at;
      while (groupEnd < to && text[groupEnd] != ':' && text[groupEnd] != '.') {
        groupEnd++;
      }
      if (groupEnd < to && text[groupEnd] == '.') {
        if (count > IPV6_GROUPS - 2 || !parse4(text, at, to, groups, count * 2)) {
          return false;
        }
        count += 2;
        break;
      }
      int value = hexGroup(text, at, groupEnd);
      if (value < 0 || count == IPV6_GROUPS) {
        return false;
      }
      groups[count * 2] = (byte) (value >> 8);
      groups[count * 2 + 1] = (byte) value;
      count++;
      at = groupEnd;
      if (at == to) {
        break;
      }
      at++;
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
    return expand(groups, count, gap);
  }

  private static int hexGroup(byte[] text, int from, int to) {
    if (from == to || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Moves the groups behind the gap to the end, and fills the gap with zeros. */
  private static boolean expand(byte[] groups, int count, int gap) {
    if (gap < 0) {
      return count == IPV6_GROUPS;
    }
    if (count == IPV6_GROUPS) {
      return false;
    }
    int tail = (count - gap) * 2;
    System.arraycopy(groups, gap * 2, groups, 16 - tail, tail);
    Arrays.fill(groups, gap * 2, 16 - tail, (byte) 0);
    return true;
  }

  /** The text of an address of 4 or 16 bytes, IPv6 as in RFC 5952. */
  static String format(byte[] address) {
    var text = new StringBuilder(39);
    if (address.length == 4) {
      for (int i = 0; i < 4; i++) {
        text.append(i == 0 ? "" : ".").append(address[i] & 0xFF);
      }
      return text.toString();
    }
    int gap = longestGap(address);
    int gapEnd = gap < 0 ? -1 : gapEnd(address, gap);
    for (int group = 0; group < IPV6_GROUPS; group++) {
      if (group == gap) {
        text.append("::");
        group = gapEnd - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(address, group)));
    }
    return text.toString();
  }

  private static int group(byte[] address, int group) {
    return (address[group * 2] & 0xFF) << 8 | address[group * 2 + 1] & 0xFF;
  }

  /**
   * Where the longest run of two or more zero groups starts, the first of equals; -1 if there is
   * none.
   */
  private static int longestGap(byte[] address) {
    int longest = -1;
    int length = 1;
    for (int group = 0; group < IPV6_GROUPS; group++) {
      int end = gapEnd(address, group);
      if (end - group > length) {
        longest = group;
        length = end - group;
      }
      group = Math.max(group, end - 1);
    }
    return longest;
  }

  private static int gapEnd(byte[] address, int from) {
    int end = from;
    while (end < IPV6_GROUPS && group(address, end) == 0) {
      end++;
    }
    return end;
  }
}
