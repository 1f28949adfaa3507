package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Escapes of TSV logs: {@code \xHH} stands for a byte and {@code \\} for a backslash; any other
 * backslash stands for itself (Zeek's {@code src/threading/formatters/Ascii.cc} and {@code
 * util.cc}).
 */
final class FieldEscapes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = ONES * '\\';

  private FieldEscapes() {}

  /** Whether a range is ASCII without a backslash: its bytes are its characters. */
  static boolean isPlain(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      if (!isPlain(ByteWindow.word(bytes, at))) {
        return false;
      }
    }
    if (at < to && at + Long.BYTES <= bytes.length) {
      // The bytes after the end are shifted out.
      int surplus = at + Long.BYTES - to;
      return isPlain(ByteWindow.word(bytes, at) << surplus * Byte.SIZE);
    }
    for (; at < to; at++) {
      if (bytes[at] == '\\' || bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether eight bytes are ASCII without a backslash. */
  static boolean isPlain(long word) {
    long other = word ^ BACKSLASHES;
    return (((other - ONES) & ~other | word) & HIGH_BITS) == 0;
  }

  /** Whether there is a backslash in this range. */
  static boolean isEscaped(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** The bytes that a range of an escaped cell stands for. */
  static byte[] undo(byte[] bytes, int from, int to) {
    if (isPlain(bytes, from, to)) {
      return Arrays.copyOfRange(bytes, from, to);
    }
    var plain = new byte[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\\' && i + 1 < to) {
        if (bytes[i + 1] == '\\') {
          i++;
        } else if (bytes[i + 1] == 'x'
            && i + 3 < to
            && isHex(bytes[i + 2])
            && isHex(bytes[i + 3])) {
          b = (byte) (hex(bytes[i + 2]) << 4 | hex(bytes[i + 3]));
          i += 3;
        }
      }
      plain[count++] = b;
    }
    return Arrays.copyOf(plain, count);
  }

  private static boolean isHex(byte b) {
    return Character.digit(b, 16) >= 0;
  }

  private static int hex(byte b) {
    return Character.digit(b, 16);
  }

  /** Appends {@code \xHH}. */
  static void appendHex(ByteBuilder target, int b) {
    target.append('\\').append('x').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
  }

  /**
   * A marker as it stands in a header line: white space, non-ASCII and non-printable bytes as
   * {@code \xHH}.
   */
  static String headerText(byte[] marker) {
    var text = new ByteBuilder(marker.length * 4);
    for (byte b : marker) {
      if (b > ' ' && b < 0x7F) {
        text.append(b);
      } else {
        appendHex(text, b);
      }
    }
    return new String(text.bytes(), 0, text.length(), ISO_8859_1);
  }

  /**
   * The bytes of a marker, from its text in a header line (one char a byte); {@code \t} is also
   * accepted.
   */
  static byte[] headerMarker(String text) {
    var bytes = text.replace("\\t", "\\x09").getBytes(ISO_8859_1);
    return undo(bytes, 0, bytes.length);
  }
}
