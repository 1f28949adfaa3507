package io.longline.host.cli.cut;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header lines of a TSV log, one char a byte, as zeek-cut reads them. Confined to one thread.
 */
final class TsvHeaderLines {

  private static final String SEPARATOR = "separator";
  private static final int MAX_PREFIX = 64;

  private final CutOptions options;
  private String prefix = "#";
  private boolean hasPrefix;
  private byte[] separator = {'\t'};
  private byte[] unset = {'-'};
  private TsvColumns columns = TsvColumns.NONE;
  private boolean typesExpected;

  TsvHeaderLines(CutOptions options) {
    this.options = options;
  }

  /** What stands between the columns of the log. */
  byte[] separator() {
    return separator;
  }

  /** What is printed between columns. */
  byte[] between() {
    var other = options.separator();
    return other == null ? separator : other.getBytes(UTF_8);
  }

  TsvColumns columns() {
    return columns;
  }

  /** Whether a cell has no value. */
  boolean isUnset(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, unset, 0, unset.length);
  }

  /**
   * Whether a line belongs to a header: it starts with {@code #}, or with what stood before the
   * word {@code separator} in the first line of the log.
   */
  boolean isHeaderLine(byte[] bytes, int from, int to) {
    if (!hasPrefix) {
      hasPrefix = true;
      prefix = prefixIn(bytes, from, to);
    }
    if (to - from < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if ((bytes[from + i] & 0xFF) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String prefixIn(byte[] bytes, int from, int to) {
    int most = Math.min(to, from + MAX_PREFIX + SEPARATOR.length() + 1);
    var text = new String(bytes, from, most - from, ISO_8859_1);
    int at = text.indexOf(SEPARATOR + " ");
    boolean isPrefix = at > 0 && text.substring(0, at).chars().allMatch(c -> c > ' ');
    return isPrefix ? text.substring(0, at) : "#";
  }

  /**
   * Checks that the line after {@code #fields} is {@code #types}.
   *
   * @throws BadHeaderException if it is not
   */
  void checkTypesFollow(boolean isHeader, byte[] bytes, int from, int to, long line)
      throws BadHeaderException {
    if (typesExpected
        && !(isHeader
            && new String(bytes, from, Math.min(to - from, 128), ISO_8859_1)
                .startsWith(prefix + "types"))) {
      throw new BadHeaderException(line, "there is no #types line after #fields.");
    }
  }

  /**
   * Takes note of what a header line says.
   *
   * @throws BadHeaderException if it cannot be used
   */
  void read(String text, long line) throws BadHeaderException {
    var rest = text.substring(prefix.length());
    if (rest.startsWith(SEPARATOR + " ")) {
      separator = marker(rest.substring(SEPARATOR.length() + 1));
      if (separator.length == 0 || separator[0] == 0 || separator[0] == '\n') {
        throw new BadHeaderException(line, "#separator names no separator.");
      }
    } else if (rest.startsWith("unset_field")) {
      readUnset(rest.substring("unset_field".length()), line);
    } else if (rest.startsWith("fields")) {
      columns = TsvColumns.of(names(rest, "fields"), options);
      typesExpected = true;
    } else if (rest.startsWith("types")) {
      readTypes(rest, line);
    }
  }

  private void readUnset(String value, long line) throws BadHeaderException {
    if (value.length() < 2) {
      throw new BadHeaderException(line, "#unset_field names no text.");
    }
    unset = withoutReturn(value.substring(1)).getBytes(ISO_8859_1);
  }

  private void readTypes(String rest, long line) throws BadHeaderException {
    if (!typesExpected) {
      throw new BadHeaderException(line, "there is no #fields line before #types.");
    }
    typesExpected = false;
    if (options.times() == null) {
      return;
    }
    var types = names(rest, "types");
    if (types.size() < columns.range()) {
      throw new BadHeaderException(
          line,
          "#types has %d types, but %d columns are needed."
              .formatted(types.size(), columns.range()));
    }
    columns = columns.withTypes(types);
  }

  /** The names or types in a line, in UTF-8. */
  private List<String> names(String rest, String key) {
    var text = rest.substring(Math.min(rest.length(), key.length() + separator.length));
    return split(withoutReturn(text)).stream().map(TsvHeaderLines::utf8).toList();
  }

  private static String utf8(String oneCharAByte) {
    return new String(oneCharAByte.getBytes(ISO_8859_1), UTF_8);
  }

  private static String withoutReturn(String text) {
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private List<String> split(String text) {
    var between = new String(separator, ISO_8859_1);
    var parts = new ArrayList<String>();
    int from = 0;
    for (int at = text.indexOf(between); at >= 0; at = text.indexOf(between, from)) {
      parts.add(text.substring(from, at));
      from = at + between.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** A separator as a header names it: its characters, or bytes in hex such as {@code \x09}. */
  private static byte[] marker(String value) {
    var text = withoutReturn(value);
    if (!text.startsWith("\\x")) {
      return text.getBytes(ISO_8859_1);
    }
    var bytes = new StringBuilder();
    for (var hex : text.substring(2).split("\\\\x", -1)) {
      if (!hex.matches("[0-9A-Fa-f]{1,2}\\s*")) {
        return new byte[0];
      }
      bytes.append((char) Integer.parseInt(hex.strip(), 16));
    }
    return bytes.toString().getBytes(ISO_8859_1);
  }

  /** Prints a line that was read: those of names and types for the columns that are printed. */
  void print(String text, CutBuffer out) {
    var rest = text.substring(prefix.length());
    boolean isFields = rest.startsWith("fields");
    boolean isTypes = rest.startsWith("types");
    if (!isFields && !isTypes) {
      if (!options.header().isNames()) {
        out.append(text + "\n");
      }
      return;
    }
    var cells = split(text);
    if (cells.size() <= columns.range() || (isTypes && options.header().isNames())) {
      return;
    }
    var shown = new ArrayList<String>();
    if (!options.header().isNames()) {
      shown.add(cells.get(0));
    }
    for (int index : columns.indexes()) {
      shown.add(index < 0 ? "" : cell(cells.get(index + 1), isTypes));
    }
    out.append(String.join(new String(between(), ISO_8859_1), shown) + "\n");
  }

  private String cell(String cell, boolean isType) {
    return isType && options.times() != null && cell.equals("time") ? "string" : cell;
  }
}
