package io.longline.host.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A form in which a secret appears in a text. Immutable. */
sealed interface SecretForm {

  /** The index after the secret, if it begins at this index; -1 otherwise. */
  int end(String text, int at);

  /** Where that begins which is to be masked with a secret found at this index; not before from. */
  default int start(String text, int at, int from) {
    return at;
  }

  /** The forms of a secret. */
  static Stream<SecretForm> of(String secret) {
    var forms = new ArrayList<SecretForm>();
    forms.add(new Plain(secret, true));
    forms.add(new Plain(secret, false));
    for (var charset : List.of(UTF_8, ISO_8859_1)) {
      var bytes = secret.getBytes(charset);
      forms.add(new Hex(Base64.getEncoder().encodeToString(bytes)));
      for (int before = 0; before < 3; before++) {
        forms.add(InBase64.of(bytes, before));
      }
    }
    return forms.stream().distinct();
  }

  /**
   * The secret itself, in any case, with any of its characters encoded as in a URL, perhaps more
   * than once, or escaped as in JSON.
   *
   * @param secret the secret
   * @param encodedFirst whether a percent sign or a backslash of the text that could be the
   *     secret's own is taken for the beginning of an encoded character
   */
  record Plain(String secret, boolean encodedFirst) implements SecretForm {

    @Override
    public int end(String text, int start) {
      int at = start;
      for (int i = 0; i < secret.length() && at >= 0; ) {
        int character = secret.codePointAt(i);
        at = at < text.length() ? afterCharacter(text, at, character) : -1;
        i += Character.charCount(character);
      }
      return at;
    }

    private int afterCharacter(String text, int at, int character) {
      int literal = afterLiteral(text, at, character);
      if (literal >= 0 && !encodedFirst) {
        return literal;
      }
      char first = text.charAt(at);
      int encoded =
          first == '%'
              ? afterPercent(text, at, character)
              : first == '\\' ? afterEscape(text, at, character) : -1;
      return encoded >= 0 ? encoded : literal;
    }

    private static int afterLiteral(String text, int at, int character) {
      int found = text.codePointAt(at);
      boolean isSame =
          found == character
              || Character.toLowerCase(Character.toUpperCase(found))
                  == Character.toLowerCase(Character.toUpperCase(character))
              || found == '+' && character == ' ';
      return isSame ? at + Character.charCount(found) : -1;
    }

    /** All bytes of the character in UTF-8, each encoded; the percent sign may be encoded too. */
    private static int afterPercent(String text, int start, int character) {
      int at = start;
      for (byte each : Character.toString(character).getBytes(UTF_8)) {
        if (at >= text.length() || text.charAt(at) != '%') {
          return -1;
        }
        at++;
        while (text.startsWith("25", at) && at + 2 < text.length() && each != '%') {
          at += 2;
        }
        int value = hex(text, at);
        boolean isSame =
            value == (each & 0xFF) || isSameLetter(value, each) || value == '+' && character == ' ';
        if (value < 0 || !isSame) {
          return -1;
        }
        at += 2;
      }
      return at;
    }

    private static boolean isSameLetter(int value, byte letter) {
      return value > 0
          && value < 0x80
          && letter > 0
          && Character.toLowerCase(value) == Character.toLowerCase(letter);
    }

    private static int afterEscape(String text, int at, int character) {
      if (at + 1 >= text.length()) {
        return -1;
      }
      char next = text.charAt(at + 1);
      if (next == 'u' && hex(text, at + 2) == character >> 8 && character <= 0xFFFF) {
        return hex(text, at + 4) == (character & 0xFF) ? at + 6 : -1;
      }
      int meant =
          switch (next) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\'', '\\', '/' -> next;
            default -> -1;
          };
      return meant == character ? at + 2 : -1;
    }
  }

  /**
   * The bytes of the secret, as two hexadecimal digits each; there may be something short between
   * them.
   *
   * @param base64 the bytes
   */
  record Hex(String base64) implements SecretForm {

    private static final List<String> BETWEEN = List.of("\\x", ", 0x", ",0x", " 0x", ":", " ", "-");

    @Override
    public int end(String text, int start) {
      // Most characters are not the first one.
      if (Character.digit(text.charAt(start), 16) < 0) {
        return -1;
      }
      int at = start;
      var bytes = Base64.getDecoder().decode(base64);
      for (int i = 0; i < bytes.length; i++) {
        at = i == 0 ? at : afterSeparator(text, at);
        if (hex(text, at) != (bytes[i] & 0xFF)) {
          return -1;
        }
        at += 2;
      }
      return at;
    }

    private static int afterSeparator(String text, int at) {
      for (var each : BETWEEN) {
        if (text.startsWith(each, at)) {
          return at + each.length();
        }
      }
      return at;
    }
  }

  /**
   * The secret within something that is in Base64, such as {@code user:KEY}: the characters that
   * depend on nothing else. What is around them is masked too, since it has parts of the secret.
   *
   * @param core these characters
   */
  record InBase64(String core) implements SecretForm {

    /** With this many bytes, modulo 3, before the secret. */
    static InBase64 of(byte[] secret, int before) {
      var all = new byte[before + secret.length];
      System.arraycopy(secret, 0, all, before, secret.length);
      var text = Base64.getEncoder().withoutPadding().encodeToString(all);
      int first = before == 0 ? 0 : before + 1;
      return new InBase64(text.substring(first, Math.max(first, all.length * 8 / 6)));
    }

    @Override
    public int end(String text, int start) {
      int at = start;
      for (int i = 0; i < core.length(); i++) {
        at = after(text, at, core.charAt(i));
        if (at < 0) {
          return -1;
        }
      }
      if (core.isEmpty()) {
        return -1;
      }
      while (at < text.length() && isOfBase64(text.charAt(at))) {
        at++;
      }
      return at;
    }

    @Override
    public int start(String text, int at, int from) {
      int start = at;
      while (start > from && isOfBase64(text.charAt(start - 1))) {
        start--;
      }
      return start;
    }

    private static int after(String text, int at, char wanted) {
      if (at >= text.length()) {
        return -1;
      }
      char found = text.charAt(at);
      return switch (wanted) {
        case '+' -> found == '+' || found == '-' ? at + 1 : encoded(text, at, "%2B");
        case '/' -> found == '/' || found == '_' ? at + 1 : encoded(text, at, "%2F");
        default -> found == wanted ? at + 1 : -1;
      };
    }

    private static int encoded(String text, int at, String code) {
      return text.regionMatches(true, at, code, 0, code.length()) ? at + code.length() : -1;
    }

    private static boolean isOfBase64(char c) {
      return c < 0x80 && Character.isLetterOrDigit(c) || "+/=-_".indexOf(c) >= 0;
    }
  }

  /** The value of two hexadecimal digits; -1 if there are none. */
  private static int hex(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
