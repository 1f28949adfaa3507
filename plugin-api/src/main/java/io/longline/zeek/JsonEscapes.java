package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Escapes of JSON strings (RFC 8259, section 7). */
final class JsonEscapes {

  private JsonEscapes() {}

  /** The text that a range of an escaped string stands for; an invalid escape is left as it is. */
  static String undo(byte[] bytes, int from, int to) {
    var raw = new String(bytes, from, to - from, UTF_8);
    var text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\' || i + 1 == raw.length()) {
        text.append(c);
        continue;
      }
      char escape = raw.charAt(++i);
      switch (escape) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case '"', '\\', '/' -> text.append(escape);
        case 'u' -> {
          int unit = unit(raw, i + 1);
          if (unit < 0) {
            text.append("\\u");
          } else {
            text.append((char) unit);
            i += 4;
          }
        }
        default -> text.append('\\').append(escape);
      }
    }
    return text.toString();
  }

  private static int unit(String text, int at) {
    if (at + 4 > text.length()) {
      return -1;
    }
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
