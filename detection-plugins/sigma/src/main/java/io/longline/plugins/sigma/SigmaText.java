package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A string of a rule: runs of bytes with wildcards between them. Immutable.
 *
 * <p>A backslash makes a wildcard or another backslash literal, and stands for itself before
 * anything else (Sigma rules specification, "Escaping").
 *
 * @param parts the parts in order
 */
record SigmaText(List<Part> parts) {

  /** A part of a string. Immutable. */
  sealed interface Part permits Run, Wildcard {}

  /**
   * Bytes that stand for themselves. Immutable.
   *
   * @param bytes not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared as a part of its text, by content.
  record Run(byte[] bytes) implements Part {

    @Override
    public boolean equals(Object other) {
      return other instanceof Run run && Arrays.equals(bytes, run.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return new String(bytes, UTF_8);
    }
  }

  /** What stands for other characters. */
  enum Wildcard implements Part {
    /** Any number of characters: {@code *}. */
    ANY,
    /** One character: {@code ?}. */
    ONE
  }

  SigmaText {
    parts = List.copyOf(parts);
  }

  /** The string that stands in a rule. */
  static SigmaText parse(String text) {
    var parts = new ArrayList<Part>();
    var run = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && "*?\\".indexOf(text.charAt(i + 1)) >= 0) {
        run.append(text.charAt(++i));
      } else if (c == '*' || c == '?') {
        endRun(parts, run);
        parts.add(c == '*' ? Wildcard.ANY : Wildcard.ONE);
      } else {
        run.append(c);
      }
    }
    endRun(parts, run);
    return new SigmaText(parts);
  }

  private static void endRun(List<Part> parts, StringBuilder run) {
    if (run.length() > 0) {
      parts.add(new Run(run.toString().getBytes(UTF_8)));
      run.setLength(0);
    }
  }

  /** Bytes without wildcards. */
  static SigmaText literal(byte[] bytes) {
    return new SigmaText(bytes.length == 0 ? List.of() : List.of(new Run(bytes)));
  }

  /** A text without wildcards. */
  static SigmaText literal(String text) {
    return literal(text.getBytes(UTF_8));
  }

  boolean hasWildcards() {
    return parts.stream().anyMatch(part -> part instanceof Wildcard);
  }

  /** The bytes of all runs. */
  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    for (var part : parts) {
      if (part instanceof Run run) {
        bytes.writeBytes(run.bytes());
      }
    }
    return bytes.toByteArray();
  }

  /** This string with another before and one after it. */
  SigmaText between(List<Part> before, List<Part> after) {
    var all = new ArrayList<Part>(before);
    all.addAll(parts);
    all.addAll(after);
    return new SigmaText(all);
  }

  /** Whether it begins with any number of any characters. */
  boolean isOpenAtStart() {
    return !parts.isEmpty() && parts.get(0) == Wildcard.ANY;
  }

  /** Whether it ends with any number of any characters. */
  boolean isOpenAtEnd() {
    return !parts.isEmpty() && parts.get(parts.size() - 1) == Wildcard.ANY;
  }

  /** The string as a rule would have it; bytes that are not UTF-8 are replaced. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var part : parts) {
      if (part instanceof Run run) {
        text.append(run.toString().replaceAll("([*?])", "\\\\$1"));
      } else {
        text.append(part == Wildcard.ANY ? '*' : '?');
      }
    }
    return text.toString();
  }
}
