package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.zeek.ZeekType.Kind;

/** Whether a text is a value of a type, for texts that are written as such. Thread-safe. */
final class ElementText {

  private ElementText() {}

  static boolean fits(Kind kind, String text) {
    var bytes = text.getBytes(UTF_8);
    try {
      return switch (kind) {
        case ADDR -> AddressText.parse(bytes, 0, bytes.length) != null;
        case BOOL -> text.equals("T") || text.equals("F");
        case INT, COUNT, PORT -> {
          DecimalText.parseLong(bytes, 0, bytes.length);
          yield true;
        }
        case DOUBLE, TIME, INTERVAL -> {
          DecimalText.parseDouble(bytes, 0, bytes.length);
          yield true;
        }
        case SUBNET, ENUM, STRING, FILE, FUNC, SET, VECTOR -> true;
      };
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
