package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A string of a rule, ready to be compared with whole values. Values have their canonical form, and
 * their case folded where case does not matter. Immutable.
 */
final class TextPattern {

  /** Stands for one character in a segment; no byte has this value. */
  private static final int ONE = 256;

  /** What lies between the wildcards {@code *}; empty ones are left out. */
  private final List<int[]> segments;

  private final boolean isOpenAtStart;
  private final boolean isOpenAtEnd;

  /** Whether there is no {@code *}: the only segment, or nothing, is the whole value. */
  private final boolean isWhole;

  /**
   * The pattern of a string.
   *
   * @param isCased whether upper and lower case are different
   */
  TextPattern(SigmaText text, boolean isCased) {
    this.isOpenAtStart = text.isOpenAtStart();
    this.isOpenAtEnd = text.isOpenAtEnd();
    this.isWhole = !text.parts().contains(SigmaText.Wildcard.ANY);
    this.segments = segments(text, isCased);
  }

  private static List<int[]> segments(SigmaText text, boolean isCased) {
    var segments = new ArrayList<int[]>();
    var segment = new ArrayList<Integer>();
    for (var part : text.parts()) {
      if (part instanceof SigmaText.Run run) {
        var canonical = CanonicalText.of(run.bytes());
        for (byte b : isCased ? canonical : CanonicalText.folded(canonical)) {
          segment.add(b & 0xff);
        }
      } else if (part == SigmaText.Wildcard.ONE) {
        segment.add(ONE);
      } else {
        end(segment, segments);
      }
    }
    end(segment, segments);
    return segments;
  }

  private static void end(List<Integer> segment, List<int[]> segments) {
    if (!segment.isEmpty()) {
      segments.add(segment.stream().mapToInt(Integer::intValue).toArray());
      segment.clear();
    }
  }

  /** Whether a value matches as a whole. */
  boolean matches(byte[] value) {
    if (segments.isEmpty()) {
      return !isWhole || value.length == 0;
    }
    int at = 0;
    for (int i = 0; i < segments.size(); i++) {
      var segment = segments.get(i);
      boolean isFixedAtStart = i == 0 && !isOpenAtStart;
      boolean isFixedAtEnd = i == segments.size() - 1 && !isOpenAtEnd;
      at = isFixedAtStart ? end(segment, value, at) : find(segment, value, at, isFixedAtEnd);
      if (at < 0 || (isFixedAtEnd && at != value.length)) {
        return false;
      }
    }
    return true;
  }

  /** The end of the first occurrence of a segment from a position on; -1 if there is none. */
  private static int find(int[] segment, byte[] value, int from, boolean isFixedAtEnd) {
    int first = segment[0];
    int at = from;
    if (isFixedAtEnd) {
      // No match is longer than four bytes for each element.
      at = (int) Math.max(from, value.length - 4L * segment.length);
    }
    for (; at < value.length; at++) {
      if (first == ONE ? isStart(value[at]) : first == (value[at] & 0xff)) {
        int end = end(segment, value, at);
        if (end >= 0 && (!isFixedAtEnd || end == value.length)) {
          return end;
        }
      }
    }
    return -1;
  }

  private static boolean isStart(byte b) {
    return (b & 0xc0) != 0x80;
  }

  /** The end of a segment that starts at a position; -1 if it does not. */
  private static int end(int[] segment, byte[] value, int start) {
    int at = start;
    for (int element : segment) {
      if (at >= value.length) {
        return -1;
      }
      if (element == ONE) {
        at = CanonicalText.next(value, at);
      } else if (element == (value[at] & 0xff)) {
        at++;
      } else {
        return -1;
      }
    }
    return at;
  }

  /** The longest text that each matching value has, and where; none if there is none. */
  Optional<Literal> literal() {
    Literal best = null;
    for (int i = 0; i < segments.size(); i++) {
      boolean isFirst = i == 0 && !isOpenAtStart;
      boolean isLast = i == segments.size() - 1 && !isOpenAtEnd;
      for (var literal : Literal.in(segments.get(i), isFirst, isLast)) {
        if (best == null || literal.length() > best.length()) {
          best = literal;
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
