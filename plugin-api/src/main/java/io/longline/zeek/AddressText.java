package io.longline.zeek;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parses and formats IP addresses, without any lookup. */
final class AddressText {

  private static final int IPV6_GROUPS = 8;

  private static final long DOTS = 0x2E2E2E2E2E2E2E2EL;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  /** The value of each ASCII character as a hexadecimal digit; -1 of any other. */
  private static final byte[] HEX_DIGITS = new byte[128];

  static {
    for (int c = 0; c < HEX_DIGITS.length; c++) {
      HEX_DIGITS[c] = (byte) Character.digit(c, 16);
    }
  }

  private AddressText() {}

  /**
   * The 4 or 16 bytes of an address, in network order; null if the text is not an address. Brackets
   * are accepted.
   */
  static byte @Nullable [] parse(byte[] text, int start, int end) {
    var address = new byte[16];
    int length = parse(text, start, end, address);
    return length == 0 ? null : length == 16 ? address : Arrays.copyOf(address, length);
  }

  /**
   * Parses an address into an array of 16 bytes or more; returns how many bytes were written, 0 if
   * the text is not an address.
   */
  static int parse(byte[] text, int start, int end, byte[] address) {
    return parse4AtOnce(text, start, end, address) ? 4 : parseAny(text, start, end, address);
  }

  private static int parseAny(byte[] text, int start, int end, byte[] address) {
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

  /**
   * Reads an IPv4 address with few branches: the lengths of its groups follow no pattern that a
   * processor could learn. Also false if the text is too close to either end of the array.
   */
  private static boolean parse4AtOnce(byte[] text, int from, int to, byte[] address) {
    int length = to - from;
    if (length > 15 || from < Integer.BYTES || from + 2 * Long.BYTES > text.length) {
      return false;
    }
    int dots = dots(ByteWindow.word(text, from)) | dots(ByteWindow.word(text, from + 8)) << 8;
    dots &= (1 << length) - 1;
    if (Integer.bitCount(dots) != 3) {
      return false;
    }
    int first = from + Integer.numberOfTrailingZeros(dots);
    dots &= dots - 1;
    int second = from + Integer.numberOfTrailingZeros(dots);
    dots &= dots - 1;
    int third = from + Integer.numberOfTrailingZeros(dots);
    int a = group4(text, from, first);
    int b = group4(text, first + 1, second);
    int c = group4(text, second + 1, third);
    int d = group4(text, third + 1, to);
    if ((a | b | c | d) >>> 8 != 0) {
      return false;
    }
    address[0] = (byte) a;
    address[1] = (byte) b;
    address[2] = (byte) c;
    address[3] = (byte) d;
    return true;
  }

  /** One bit for each of eight bytes, the lowest for the first: set if the byte is a dot. */
  private static int dots(long word) {
    long other = word ^ DOTS;
    long hits = ~((other & LOW_BITS) + LOW_BITS | other | LOW_BITS);
    return (int) ((hits >>> 7) * 0x0102040810204080L >>> 56);
  }

  /** The number of one to three digits, at most 999; negative if the text is not such a number. */
  private static int group4(byte[] text, int from, int to) {
    int count = to - from;
    if (count < 1 || count > 3) {
      return -1;
    }
    int word = ByteWindow.halfWord(text, to - Integer.BYTES) ^ 0x30303030;
    word &= -1 << (Integer.BYTES - count) * Byte.SIZE;
    boolean isNumber = ((word + 0x76767676 | word) & 0x80808080) == 0;
    return isNumber ? (word >>> 8 & 0xFF) * 100 + (word >>> 16 & 0xFF) * 10 + (word >>> 24) : -1;
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
      int digit = text[i] < 0 ? -1 : HEX_DIGITS[text[i]];
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Moves the groups after the gap to the end, and fills the gap with zeros. */
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
   * Where the longest run of two or more zero groups starts, the first of several equal ones; -1 if
   * there is none.
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
