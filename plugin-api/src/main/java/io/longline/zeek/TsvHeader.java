package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the header lines of a TSV log, which may come in any order, and again anywhere in the
 * file. Confined to the reader's thread.
 *
 * <p>Lines are decoded as one char a byte, so that a separator of any bytes can be found in them;
 * names and path are decoded as UTF-8 at the end. A {@code #separator} line begins a new header
 * with Zeek's own markers; without one the markers of the previous header stay.
 */
final class TsvHeader {

  private static final String SEPARATOR = "separator";
  private static final int MAX_PREFIX = 64;

  private TsvFormat format = TsvFormat.ZEEK;
  private String separator = "\t";
  private @Nullable String path;
  private @Nullable String open;
  private @Nullable String fields;
  private @Nullable String types;
  private boolean changed;
  private boolean closed;
  private @Nullable String closeText;
  private LogSchema schema = LogSchema.of(null, TsvFormat.ZEEK, List.of(), null);
  private @Nullable String complaint;

  /** The first part of the lines read since the last schema that was too large to be used. */
  private @Nullable String oversized;

  /** Whether lines were read that are not yet in the schema. */
  boolean isChanged() {
    return changed;
  }

  /** Whether the last line read is a {@code #close}. */
  boolean isClosed() {
    return closed;
  }

  /** The value of the last {@code #close} line; null if there was none. */
  @Nullable String closeText() {
    return closeText;
  }

  /** Starts with a schema that is known from elsewhere. */
  void preset(LogSchema known) {
    schema = known;
    format = (TsvFormat) known.format();
    separator = new String(format.separatorBytes(), ISO_8859_1);
    path = known.path();
    open = known.open();
    changed = true;
  }

  /** Reads a line that has the names of the columns and nothing else. */
  void readNames(byte[] bytes, int from, int to) {
    var text = new String(bytes, from, to - from, ISO_8859_1);
    fields = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    changed = true;
  }

  /** Reads a line, given without its prefix. Lines with an unknown key are comments. */
  void read(byte[] bytes, int from, int to) {
    var text = new String(bytes, from, to - from, ISO_8859_1);
    if (text.endsWith("\r")) {
      text = text.substring(0, text.length() - 1);
    }
    closed = false;
    if (text.startsWith(SEPARATOR)) {
      begin(text.substring(SEPARATOR.length()));
      return;
    }
    var longerPrefix = otherPrefix(text);
    if (!longerPrefix.isEmpty() && schema.fields().isEmpty()) {
      var prefix = new String(format.metaPrefixBytes(), ISO_8859_1) + longerPrefix;
      begin(text.substring(longerPrefix.length() + SEPARATOR.length()));
      format = format.withMetaPrefix(prefix.getBytes(ISO_8859_1));
      return;
    }
    int keyEnd = 0;
    while (keyEnd < text.length()
        && isKeyChar(text.charAt(keyEnd))
        && !text.startsWith(separator, keyEnd)) {
      keyEnd++;
    }
    accept(text.substring(0, keyEnd), value(text.substring(keyEnd)));
  }

  /**
   * Reads a line that does not start with the prefix known so far as the start of a header, if it
   * has white space or another prefix before {@code separator}; returns whether it does.
   */
  boolean readMisplaced(byte[] bytes, int from, int to) {
    var text = new String(bytes, from, to - from, ISO_8859_1).strip();
    var prefix = otherPrefix(text);
    if (prefix.isEmpty()) {
      return false;
    }
    begin(text.substring(prefix.length() + SEPARATOR.length()));
    format = format.withMetaPrefix(prefix.getBytes(ISO_8859_1));
    return true;
  }

  /**
   * The text before the word {@code separator} at the start of a line; empty if it is not a prefix.
   */
  private static String otherPrefix(String text) {
    int at = text.indexOf(SEPARATOR + " ");
    boolean isPrefix =
        at > 0 && at <= MAX_PREFIX && text.substring(0, at).chars().allMatch(c -> c > ' ');
    return isPrefix ? text.substring(0, at) : "";
  }

  private static boolean isKeyChar(char c) {
    return c >= 'a' && c <= 'z' || c == '_';
  }

  /**
   * The text after a key, without the separator that follows the key; exceptionally, a space or TAB
   * takes its place.
   */
  private String value(String rest) {
    if (rest.startsWith(separator)) {
      return rest.substring(separator.length());
    }
    return rest.startsWith(" ") || rest.startsWith("\t") ? rest.substring(1) : rest;
  }

  private void begin(String rest) {
    var text = rest.startsWith(" ") || rest.startsWith("\t") ? rest.substring(1) : rest;
    var marker = FieldEscapes.headerMarker(text);
    format = TsvFormat.ZEEK.withMetaPrefix(format.metaPrefixBytes());
    if (isSeparator(marker) && fits("#separator", marker.length)) {
      format = format.withSeparator(marker);
    }
    separator = new String(format.separatorBytes(), ISO_8859_1);
    path = null;
    open = null;
    fields = null;
    types = null;
    changed = true;
  }

  /**
   * Whether a marker from a header can be a separator; one with a line feed could never be found.
   */
  private static boolean isSeparator(byte[] marker) {
    for (byte b : marker) {
      if (b == '\n') {
        return false;
      }
    }
    return marker.length > 0;
  }

  private void accept(String key, String value) {
    switch (key) {
      case "set_separator", "empty_field", "unset_field" -> takeMarker(key, value);
      case "path" -> path = isName("path", value) ? utf8(value) : path;
      case "open" -> open = isName("open", value) ? value : open;
      case "fields" -> {
        if (fields != null) {
          types = null;
        }
        fields = value;
      }
      case "types" -> types = value;
      case "close" -> {
        closed = true;
        closeText = isName("close", value) ? value : closeText;
        return;
      }
      default -> {
        return;
      }
    }
    changed = true;
  }

  private void takeMarker(String key, String value) {
    var marker = FieldEscapes.headerMarker(value);
    if (!fits("#" + key, marker.length)) {
      return;
    }
    format =
        switch (key) {
          case "empty_field" -> format.withEmptyField(marker);
          case "unset_field" -> format.withUnsetField(marker);
          default -> isSeparator(marker) ? format.withSetSeparator(marker) : format;
        };
  }

  /** Whether a marker has a length that can be looked for in linear time. */
  private boolean fits(String what, int length) {
    return fits(what, length, LogBounds.MAX_MARKER_BYTES);
  }

  private boolean isName(String key, String value) {
    return fits("#" + key, value.length(), LogBounds.MAX_NAME_BYTES);
  }

  private boolean fits(String what, int length, int most) {
    if (length > most && oversized == null) {
      oversized = "%s has %d bytes, and may have %d; it is ignored.".formatted(what, length, most);
    }
    return length <= most;
  }

  /** The schema according to the lines read so far. */
  LogSchema schema() {
    changed = false;
    complaint = null;
    if (fields != null) {
      schema = LogSchema.of(path, format, columns(fields, types), open);
      fields = null;
      types = null;
    } else {
      schema = schema.with(path, format, open);
    }
    complaint = oversized == null ? complaint : oversized;
    oversized = null;
    return schema;
  }

  /** The problem of the header that {@link #schema()} returned last; null if there is none. */
  @Nullable String complaint() {
    return complaint;
  }

  TsvFormat format() {
    return format;
  }

  private List<Field> columns(String fieldText, @Nullable String typeText) {
    var names = split(fieldText);
    var typeNames = typeText == null ? List.<String>of() : split(typeText);
    if (!areBounded(names) || !areBounded(typeNames)) {
      return List.of();
    }
    if (typeText != null && typeNames.size() != names.size()) {
      complaint =
          "The header names %d fields and %d types.".formatted(names.size(), typeNames.size());
    }
    var columns = new ArrayList<Field>(names.size());
    for (int i = 0; i < names.size(); i++) {
      var type = i < typeNames.size() ? ZeekType.of(typeNames.get(i)) : ZeekType.STRING;
      columns.add(new Field(utf8(names.get(i)), type));
    }
    return columns;
  }

  /** Whether a header has no more columns, and no longer names, than a log may have. */
  private boolean areBounded(List<String> names) {
    if (names.size() > LogBounds.MAX_COLUMNS) {
      oversized =
          "The header names more than %d columns, the most that a log may have; the rows cannot be read."
              .formatted(LogBounds.MAX_COLUMNS);
      return false;
    }
    for (var name : names) {
      if (name.length() > LogBounds.MAX_NAME_BYTES) {
        oversized =
            "The header has the name of a column or type with %d bytes, and a name may have %d; the rows cannot be read."
                .formatted(name.length(), LogBounds.MAX_NAME_BYTES);
        return false;
      }
    }
    return true;
  }

  /** The parts of a text between separators; of those beyond the bound, one. */
  private List<String> split(String text) {
    var parts = new ArrayList<String>();
    int from = 0;
    for (int at = text.indexOf(separator);
        at >= 0 && parts.size() < LogBounds.MAX_COLUMNS;
        at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String utf8(String oneCharAByte) {
    return new String(oneCharAByte.getBytes(ISO_8859_1), UTF_8);
  }
}
