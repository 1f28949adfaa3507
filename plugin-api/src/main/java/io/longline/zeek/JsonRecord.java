package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The current row of a JSON log. A cell is the value of a key, a string without its quotes. */
final class JsonRecord extends LogRecord {

  /** The kind of a value. */
  private enum Kind {
    ABSENT,
    NULL,
    TRUE,
    FALSE,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT
  }

  /**
   * A whole number of at least this size is a time in milliseconds: as seconds it would be after
   * the year 5138, as milliseconds it is after March 1973.
   */
  private static final long FIRST_MILLIS = 100_000_000_000L;

  /** Where the value of {@code _path} starts; -1 if the row has none. */
  int pathStart = -1;

  int pathEnd;

  private @Nullable String path;
  private @Nullable JsonRecord elements;

  JsonRecord(String file, View view) {
    super(file, view);
  }

  @Override
  LogRecord newPart(View partView) {
    return new JsonRecord(file, partView);
  }

  @Override
  void takeSchema(LogRecord row) {
    grow();
  }

  @Override
  void takeRest(LogRecord row) {
    var whole = (JsonRecord) row;
    pathStart = whole.pathStart;
    pathEnd = whole.pathEnd;
  }

  /** Makes room for all columns of the view, keeping the current cells. */
  void grow() {
    int size = size();
    int before = starts.length;
    starts = Arrays.copyOf(starts, size);
    ends = Arrays.copyOf(ends, size);
    Arrays.fill(starts, before, size, -1);
  }

  void clear() {
    Arrays.fill(starts, -1);
    pathStart = -1;
  }

  void set(int column, int start, int end) {
    starts[column] = start;
    ends[column] = end;
  }

  /**
   * The kind of a cell, judged by the byte before it, which is a quote for strings alone, and by
   * its first byte.
   */
  private Kind kind(int column) {
    int start = startOf(column);
    if (start < 0) {
      return Kind.ABSENT;
    }
    if (bytes[start - 1] == '"') {
      return Kind.STRING;
    }
    return switch (bytes[start]) {
      case '[' -> Kind.ARRAY;
      case '{' -> Kind.OBJECT;
      case 't' -> Kind.TRUE;
      case 'f' -> Kind.FALSE;
      case 'n' -> bytes[start + 1] == 'u' ? Kind.NULL : Kind.NUMBER;
      default -> Kind.NUMBER;
    };
  }

  @Override
  public @Nullable String path() {
    if (pathStart < 0) {
      return null;
    }
    var current = path;
    if (current == null || !isText(current, pathStart, pathEnd)) {
      current = new String(bytes, pathStart, pathEnd - pathStart, UTF_8);
      path = current;
    }
    return current;
  }

  private boolean isText(String text, int start, int end) {
    if (end - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isUnset(int column) {
    var kind = kind(column);
    return kind == Kind.ABSENT || kind == Kind.NULL;
  }

  @Override
  public boolean isEmpty(int column) {
    return switch (kind(column)) {
      case STRING -> starts[column] == ends[column];
      case ARRAY -> isBlank(starts[column] + 1, ends[column] - 1);
      case ABSENT, NULL, TRUE, FALSE, NUMBER, OBJECT -> false;
    };
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a cell is a number, boolean, array or object, and not NaN or infinite, so that its text
   * is valid JSON.
   */
  boolean isVerbatim(int column) {
    return switch (kind(column)) {
      case TRUE, FALSE, ARRAY, OBJECT -> true;
      case NUMBER -> bytes[ends[column] - 1] <= '9';
      case ABSENT, NULL, STRING -> false;
    };
  }

  @Override
  public boolean bool(int column) {
    cell(column);
    return switch (kind(column)) {
      case TRUE -> true;
      case FALSE -> false;
      case ABSENT, NULL, NUMBER, STRING, ARRAY, OBJECT -> throw badValue(column, "true or false");
    };
  }

  @Override
  public long timeMicros(int column) {
    int start = cell(column);
    int end = ends[column];
    try {
      if (end - start > 7 && bytes[end - 7] == '.' && bytes[start - 1] != '"') {
        return DecimalText.parseMicros(bytes, start, end);
      }
      if (kind(column) == Kind.STRING && !isNumberStart(start)) {
        return isoMicros(start, end);
      }
      if (isWhole(start, end)) {
        // 2^64-n stands for a negative time in JSON::TS_MILLIS_UNSIGNED.
        long number = DecimalText.parseLong(bytes, start, end);
        return Math.abs(number) >= FIRST_MILLIS
            ? Math.multiplyExact(number, 1_000L)
            : number * 1_000_000L;
      }
      return DecimalText.parseMicros(bytes, start, end);
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw badValue(column, "a time");
    }
  }

  private boolean isNumberStart(int start) {
    for (int i = start; i < start + 5; i++) {
      if (bytes[i] == '.') {
        return true;
      }
      if (bytes[i] < '0' || bytes[i] > '9') {
        return i == start && bytes[i] == '-';
      }
    }
    return true;
  }

  private boolean isWhole(int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code 2018-03-24T17:15:21.255387Z}; Zeek may write {@code .1000000} for a fraction that was
   * rounded up to a whole second.
   */
  private long isoMicros(int start, int end) {
    var text = new String(bytes, start, end - start, UTF_8);
    int carry = text.indexOf(".1000000");
    long extra = 0;
    if (carry >= 0) {
      text = text.substring(0, carry) + text.substring(carry + ".1000000".length());
      extra = 1_000_000;
    }
    var instant = Instant.parse(hasZone(text) ? text : text + "Z");
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
        instant.getNano() / 1_000 + extra);
  }

  private static boolean hasZone(String text) {
    int time = text.indexOf('T');
    return text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
  }

  @Override
  public byte @Nullable [] bytes(int column) {
    var text = string(column);
    return text == null ? null : text.getBytes(UTF_8);
  }

  @Override
  public @Nullable String string(int column) {
    return isUnset(column) ? null : decode(kind(column), starts[column], ends[column]);
  }

  private String decode(Kind kind, int start, int end) {
    var plain = plainString(start, end);
    if (plain != null) {
      return plain;
    }
    if (kind == Kind.STRING && FieldEscapes.isEscaped(bytes, start, end)) {
      return JsonEscapes.undo(bytes, start, end);
    }
    return new String(bytes, start, end - start, UTF_8);
  }

  @Override
  @Nullable LogRecord elementsShown() {
    return elements;
  }

  @Override
  public LogRecord elements(int column) {
    var found = elements;
    if (found == null) {
      found = new JsonRecord(file, View.ofElements());
      elements = found;
    }
    found.showElements(this, column);
    return found;
  }

  /** Shows the elements of a cell from now on. */
  private void showElements(JsonRecord row, int column) {
    bytes = row.bytes;
    line = row.line;
    int count = 0;
    int at = row.startOf(column);
    int end = row.ends[column];
    if (row.kind(column) == Kind.ARRAY) {
      var scanner = new JsonScanner(bytes, end);
      at = scanner.skipSpace(at + 1);
      while (at < end - 1) {
        if (bytes[at] != ',') {
          int next = scanner.value(at);
          if (next < 0) {
            throw row.badValue(column, "a list of values");
          }
          boolean isString = bytes[at] == '"';
          addElement(count++, isString ? at + 1 : at, isString ? next - 1 : next);
          at = next;
        } else {
          at++;
        }
        at = scanner.skipSpace(at);
      }
    } else if (!row.isUnset(column)) {
      addElement(count++, at, end);
    }
    view.useElements(row.schema(), row.name(column), count);
  }

  private void addElement(int index, int start, int end) {
    if (index == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(8, index * 2));
      ends = Arrays.copyOf(ends, starts.length);
    }
    set(index, start, end);
  }
}
