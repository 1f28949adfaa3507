package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A piece of ASCII, its case folded, that is in each value that a test accepts. Values are searched
 * for it in their canonical form. Immutable.
 *
 * @param text printable ASCII, in small letters; not empty
 * @param isStart whether the value begins with it
 * @param isEnd whether the value ends with it
 */
record Literal(String text, boolean isStart, boolean isEnd) {

  /** More does not make it much rarer, but makes the tables larger. */
  private static final int LONGEST = 32;

  private static final int LAST_ASCII = 0x7e;

  /** A literal that may be anywhere in a value. */
  static Literal anywhere(String text) {
    var shortened = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return new Literal(shortened.toLowerCase(Locale.ROOT), false, false);
  }

  int length() {
    return text.length();
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  /**
   * The literals of a segment: its runs of ASCII.
   *
   * @param isStart whether each value begins with the segment
   * @param isEnd whether each value ends with it
   */
  static List<Literal> in(int[] segment, boolean isStart, boolean isEnd) {
    var literals = new ArrayList<Literal>();
    int from = 0;
    for (int at = 0; at <= segment.length; at++) {
      if (at == segment.length || segment[at] < ' ' || segment[at] > LAST_ASCII) {
        if (at > from) {
          literals.add(of(segment, from, at, isStart && from == 0, isEnd && at == segment.length));
        }
        from = at + 1;
      }
    }
    return literals;
  }

  private static Literal of(int[] segment, int from, int to, boolean isStart, boolean isEnd) {
    int length = Math.min(to - from, LONGEST);
    // Of one that is longer, the end is kept if it is fixed there.
    int first = isEnd ? to - length : from;
    var text = new StringBuilder();
    for (int i = first; i < first + length; i++) {
      text.append((char) segment[i]);
    }
    return new Literal(text.toString().toLowerCase(Locale.ROOT), isStart && first == from, isEnd);
  }
}
