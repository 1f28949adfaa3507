package io.longline.plugins.firstseen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** The texts of values in the keys of facts. Stateless. */
final class ValueText {

  /** What is longer is cut, and ends with a number that depends on the rest. */
  private static final int LONGEST = 1_000;

  private ValueText() {}

  /** The text of a value; bytes that are not UTF-8 are shown as Zeek does, {@code \xff}. */
  static String of(byte[] bytes) {
    if (bytes.length > LONGEST) {
      return of(Arrays.copyOf(bytes, LONGEST)) + "… " + Integer.toHexString(Arrays.hashCode(bytes));
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return escaped(bytes);
    }
  }

  private static String escaped(byte[] bytes) {
    var text = new StringBuilder();
    for (byte b : bytes) {
      if (b >= 0) {
        text.append((char) b);
      } else {
        text.append("\\x").append(Integer.toHexString(b & 0xFF));
      }
    }
    return text.toString();
  }

  /** The bytes with ASCII letters in lower case. */
  static byte[] lowerCase(byte[] bytes) {
    var lower = bytes.clone();
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] = (byte) (lower[i] + 'a' - 'A');
      }
    }
    return lower;
  }
}
