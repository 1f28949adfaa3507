package io.longline.detections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the JSON of an allow list, piece by piece. Confined to one thread. */
final class JsonText {

  private static final int LONGEST_STRING = 64 * 1024;
  private static final int MOST_STRINGS = 2_000_000;
  private static final int DEEPEST = 64;

  private final InputStream in;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int next;
  private long offset;

  JsonText(InputStream in) throws IOException {
    this.in = in;
    advance();
  }

  private void advance() throws IOException {
    next = in.read();
    offset++;
  }

  private int peek() throws IOException {
    // A byte-order mark may stand before the text.
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t' || isMark()) {
      advance();
    }
    return next;
  }

  private boolean isMark() {
    return offset <= 3 && (next == 0xEF || next == 0xBB || next == 0xBF);
  }

  /** Reads one character that must come next. */
  void expect(char c) throws IOException {
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    advance();
  }

  /** Whether a list or object ends here; reads its end, or the comma before its next element. */
  boolean ends(char bracket) throws IOException {
    int c = peek();
    if (c == ',') {
      advance();
      return false;
    }
    if (c == bracket) {
      advance();
      return true;
    }
    if (c < 0) {
      throw unexpected("'" + bracket + "'");
    }
    return false;
  }

  /** Reads a list of strings; numbers and the like among them are left out. */
  void strings(List<String> target) throws IOException {
    expect('[');
    while (!ends(']')) {
      if (peek() == '"') {
        if (target.size() == MOST_STRINGS) {
          throw new IOException("It has more than " + MOST_STRINGS + " entries.");
        }
        target.add(string());
      } else {
        skip();
      }
    }
  }

  /** Reads a string. */
  String string() throws IOException {
    expect('"');
    text.reset();
    while (next != '"') {
      if (next < 0 || text.size() > LONGEST_STRING) {
        throw unexpected("the end of a string");
      }
      if (next == '\\') {
        advance();
        escape();
      } else {
        text.write(next);
        advance();
      }
    }
    advance();
    return text.toString(UTF_8);
  }

  private void escape() throws IOException {
    int c = next;
    advance();
    switch (c) {
      case 'n' -> text.write('\n');
      case 't' -> text.write('\t');
      case 'r' -> text.write('\r');
      case 'b' -> text.write('\b');
      case 'f' -> text.write('\f');
      case 'u' -> {
        char unit = unit();
        if (Character.isHighSurrogate(unit) && next == '\\') {
          advance();
          expect('u');
          text.writeBytes(new String(new char[] {unit, unit()}).getBytes(UTF_8));
        } else {
          text.writeBytes(String.valueOf(unit).getBytes(UTF_8));
        }
      }
      default -> text.write(c);
    }
  }

  private char unit() throws IOException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = next < 0 ? -1 : Character.digit(next, 16);
      if (digit < 0) {
        throw unexpected("four hexadecimal digits");
      }
      unit = unit << 4 | digit;
      advance();
    }
    return (char) unit;
  }

  /** Reads a value of any type, and drops it. */
  void skip() throws IOException {
    int depth = 0;
    do {
      int c = peek();
      if (c < 0 || depth > DEEPEST) {
        throw unexpected("a value");
      }
      if (c == '"') {
        string();
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (depth == 0) {
        skipWord();
        return;
      }
      advance();
    } while (depth > 0);
  }

  private void skipWord() throws IOException {
    if (",:}]".indexOf(next) >= 0) {
      throw unexpected("a value");
    }
    while (next >= 0 && ",:}] \n\r\t".indexOf(next) < 0) {
      advance();
    }
  }

  private IOException unexpected(String expected) {
    return new IOException(
        "At byte %d there should be %s: it is no warning list in JSON."
            .formatted(offset - 1, expected));
  }
}
