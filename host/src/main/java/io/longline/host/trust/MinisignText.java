package io.longline.host.trust;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The lines of minisign's files (https://jedisct1.github.io/minisign, "Signature format"). All
 * binary parts begin with two letters for the algorithm and the eight bytes of the key's id.
 * Immutable.
 */
final class MinisignText {

  /** The most bytes of a file; the program writes comments of up to 8,192 characters. */
  static final int MAX_BYTES = 16 << 10;

  /** The bytes of algorithm and id. */
  static final int HEAD = 10;

  private final List<String> lines;

  MinisignText(String text) {
    this.lines = text.lines().toList();
  }

  /**
   * A line behind what it begins with.
   *
   * @throws MalformedSignatureException if there is no such line
   */
  String line(int number, String start) throws MalformedSignatureException {
    var line = number <= lines.size() ? lines.get(number - 1) : "";
    if (!line.startsWith(start) || line.isEmpty()) {
      throw new MalformedSignatureException(
          start.isEmpty()
              ? "it has no line " + number
              : "line %d does not begin with \"%s\"".formatted(number, start.strip()));
    }
    return line.substring(start.length());
  }

  /**
   * The bytes of a line in base 64.
   *
   * @throws MalformedSignatureException if they are not as many, or the line is something else
   */
  byte[] bytes(int number, int length) throws MalformedSignatureException {
    var line = line(number, "");
    try {
      var bytes = Base64.getDecoder().decode(line.strip());
      if (bytes.length == length) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // As a wrong length.
    }
    throw new MalformedSignatureException(
        "line %d is not %d bytes in base 64".formatted(number, length));
  }

  /** Makes sure that nothing follows a line. */
  void endsWith(int number) throws MalformedSignatureException {
    if (lines.size() > number) {
      throw new MalformedSignatureException("it has more than %d lines".formatted(number));
    }
  }

  /** The id of the key in the head of a binary part, as minisign shows it. */
  static String keyId(byte[] bytes) {
    var reversed = new byte[8];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = bytes[HEAD - 1 - i];
    }
    return HexFormat.of().withUpperCase().formatHex(reversed);
  }

  /** The two letters of the algorithm in the head of a binary part. */
  static String algorithm(byte[] bytes) {
    return "" + (char) bytes[0] + (char) bytes[1];
  }
}
