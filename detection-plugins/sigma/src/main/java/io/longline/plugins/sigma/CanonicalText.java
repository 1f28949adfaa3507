package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * The form in which texts of rules and of logs are compared: UTF-8 in which a control character, or
 * a byte that is no part of UTF-8, is written {@code \xHH}, as Zeek does. So a value is the same
 * whether its log escapes such bytes or not. Case is folded by character, never between ASCII and
 * other characters, so that ASCII can be searched for byte by byte.
 */
final class CanonicalText {

  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
  private static final int LONGEST_CHARACTER = 4;

  private CanonicalText() {}

  /** Whether bytes are printable ASCII, and so in this form already. */
  static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** The canonical form; the array itself if it has that form already. */
  static byte[] of(byte[] bytes) {
    if (isPlain(bytes)) {
      return bytes;
    }
    var out = new ByteArrayOutputStream(bytes.length + 16);
    for (int at = 0; at < bytes.length; ) {
      int length = characterLength(bytes, at);
      if (length > 0) {
        out.write(bytes, at, length);
        at += length;
      } else {
        out.write('\\');
        out.write('x');
        out.write(HEX[(bytes[at] >> 4) & 0xf]);
        out.write(HEX[bytes[at] & 0xf]);
        at++;
      }
    }
    return out.toByteArray();
  }

  /** The length of the printable character at a position; 0 if there is none. */
  private static int characterLength(byte[] bytes, int at) {
    byte first = bytes[at];
    if (first >= 0) {
      return first < ' ' || first == 0x7f ? 0 : 1;
    }
    int length = first >= (byte) 0xf0 ? 4 : first >= (byte) 0xe0 ? 3 : 2;
    if (first < (byte) 0xc2 || first > (byte) 0xf4 || at + length > bytes.length) {
      return 0;
    }
    int point = first & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
      point = point << 6 | bytes[at + i] & 0x3f;
    }
    boolean isShortest = length == 2 || point >= (length == 3 ? 0x800 : 0x10000);
    boolean isCharacter = point <= Character.MAX_CODE_POINT && (point < 0xd800 || point > 0xdfff);
    return isShortest && isCharacter && point > 0x9f ? length : 0;
  }

  /** A copy of a canonical text with its case folded. */
  static byte[] folded(byte[] canonical) {
    var folded = canonical.clone();
    boolean isAscii = true;
    for (int i = 0; i < folded.length; i++) {
      byte b = folded[i];
      if (b >= 'A' && b <= 'Z') {
        folded[i] = (byte) (b + ('a' - 'A'));
      }
      isAscii &= b >= 0;
    }
    return isAscii ? folded : foldedCharacters(folded);
  }

  private static byte[] foldedCharacters(byte[] text) {
    var characters = new StringBuilder(text.length);
    new String(text, UTF_8)
        .codePoints()
        .map(CanonicalText::fold)
        .forEach(characters::appendCodePoint);
    return characters.toString().getBytes(UTF_8);
  }

  private static int fold(int point) {
    int folded = Character.toLowerCase(Character.toUpperCase(point));
    return point < 0x80 || folded < 0x80 ? point : folded;
  }

  /** The position after the character that starts at a position of a canonical text. */
  static int next(byte[] text, int at) {
    int next = at + 1;
    while (next < text.length && next < at + LONGEST_CHARACTER && (text[next] & 0xc0) == 0x80) {
      next++;
    }
    return next;
  }
}
