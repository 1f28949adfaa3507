package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a JSON log: one flat object a line. Confined to the reader's thread.
 *
 * <p>A key is compared, as bytes, with those that followed the key before it in earlier rows. Zeek
 * writes keys in one order and leaves some out, so nearly every key is found at the first or second
 * comparison.
 */
final class JsonParser implements RowParser {

  /** A key seen before. Keys that the view does not show have column -1. */
  private static final class Key {
    final byte[] text;
    final int column;
    final boolean isPath;

    /** Whether it is another name of its field, which counts where the field's own is missing. */
    final boolean isOtherName;

    /**
     * The first eight bytes, fewer if the key is shorter, as {@link ByteWindow#word} reads them.
     */
    final long head;

    /** A mask of the bits of {@code head} that are in use. */
    final long headMask;

    /** The last eight bytes of a longer key. */
    final long tail;

    @Nullable Key next;

    Key(byte[] text, int column, boolean isPath, boolean isOtherName) {
      this.isOtherName = isOtherName;
      this.text = text;
      this.column = column;
      this.isPath = isPath;
      this.head = word(text, 0);
      this.tail = word(text, Math.max(0, text.length - Long.BYTES));
      this.headMask = text.length >= Long.BYTES ? -1L : (1L << (text.length * Byte.SIZE)) - 1;
    }

    private static long word(byte[] text, int from) {
      long bits = 0;
      for (int i = 0; i < Math.min(Long.BYTES, text.length - from); i++) {
        bits |= (text[from + i] & 0xFFL) << (i * Byte.SIZE);
      }
      return bits;
    }

    /**
     * Whether the key and a quote stand at an index. The array must be readable for 16 bytes after
     * the limit.
     */
    boolean standsAt(byte[] bytes, int at, int limit) {
      int end = at + text.length;
      if (end >= limit || bytes[end] != '"' || (ByteWindow.word(bytes, at) & headMask) != head) {
        return false;
      }
      if (text.length <= Long.BYTES) {
        return true;
      }
      if (text.length <= 2 * Long.BYTES) {
        return ByteWindow.word(bytes, end - Long.BYTES) == tail;
      }
      return Arrays.equals(bytes, at, end, text, 0, text.length);
    }
  }

  /** Keys whose value names the log that a row belongs to, as tools add them. */
  private static final String PATH_KEY = "_path";

  private static final String STREAM_KEY = "@stream";

  private final ByteWindow window;
  private final ReadProblems problems;
  private final View view;
  private final JsonRecord record;
  private final JsonScanner scanner;
  private final Map<String, Key> keys = new HashMap<>();
  private final Key first = new Key(new byte[0], -1, false, false);
  private GrowingFields fields = new GrowingFields();
  private long line;

  JsonParser(ByteWindow window, String file, View view, ReadProblems problems) {
    this.window = window;
    this.problems = problems;
    this.view = view;
    this.record = new JsonRecord(file, view);
    this.scanner = new JsonScanner(window.bytes, window.limit);
    view.use(LogSchema.ofJson(fields));
    record.grow();
  }

  @Override
  public LogRecord record() {
    return record;
  }

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public @Nullable String closeText() {
    return null;
  }

  @Override
  public long lines() {
    return line;
  }

  @Override
  public boolean next() throws IOException {
    while (window.start < window.limit || window.more()) {
      line++;
      int end = scanWhole();
      if (end == BLANK) {
        problems.blankLine();
        window.skipLine();
      } else if (end == JsonScanner.BAD) {
        problems.badLine(line, scanner.reason());
        window.skipLine();
      } else if (end == TOO_LONG) {
        problems.badLine(
            line, "Longer than " + window.maxRowBytes() + " bytes, the most that a row may have.");
        window.skipLine();
      } else {
        window.start = Math.min(end + 1, window.limit);
        record.bytes = window.bytes;
        record.line = line;
        return true;
      }
    }
    return false;
  }

  private static final int BLANK = -2;
  private static final int TOO_LONG = -3;

  /**
   * Scans the current line, after reading the rest of it if it is not whole yet; returns the index
   * of its end, or a negative code. So no part is scanned more than twice.
   */
  private int scanWhole() throws IOException {
    scanner.use(window.bytes, window.limit);
    int end = scan();
    boolean ranOut =
        end == window.limit
            || end < 0 && (end == BLANK ? blankAt : scanner.badAt()) >= window.limit;
    if (!ranOut) {
      return end;
    }
    int lineEnd = window.wholeLine();
    if (lineEnd == window.limit && window.isFull()) {
      return TOO_LONG;
    }
    scanner.use(window.bytes, window.limit);
    return scan();
  }

  private int blankAt;

  private int scan() {
    final byte[] bytes = window.bytes;
    record.clear();
    int at = scanner.skipSpace(window.start);
    byte b = bytes[at];
    if (b == '\n') {
      blankAt = at;
      return BLANK;
    }
    if (b != '{') {
      return scanner.bad(at, "a JSON object");
    }
    at = scanner.skipSpace(at + 1);
    if (bytes[at] == '}') {
      return endOfLine(at + 1);
    }
    var previous = first;
    for (; ; ) {
      if (bytes[at] != '"') {
        return scanner.bad(at, "a key");
      }
      int keyStart = at + 1;
      var key = guess(previous, keyStart);
      int keyEnd = key != null ? keyStart + key.text.length : scanner.string(keyStart);
      if (keyEnd < 0) {
        return JsonScanner.BAD;
      }
      at = keyEnd + 1;
      if (bytes[at] != ':') {
        at = scanner.skipSpace(at);
        if (bytes[at] != ':') {
          return scanner.bad(at, "a colon");
        }
      }
      int value = scanner.skipSpace(at + 1);
      at = scanner.value(value);
      if (at < 0) {
        return JsonScanner.BAD;
      }
      var found = key != null ? key : find(previous, keyStart, keyEnd, value);
      if (found == null) {
        return JsonScanner.BAD;
      }
      previous = found;
      take(previous, value, at);
      at = scanner.skipSpace(at);
      if (bytes[at] == '}') {
        return endOfLine(at + 1);
      }
      if (bytes[at] != ',') {
        return scanner.bad(at, "a comma or a closing brace");
      }
      at = scanner.skipSpace(at + 1);
    }
  }

  private int endOfLine(int from) {
    int at = scanner.skipSpace(from);
    return window.bytes[at] == '\n' ? at : scanner.bad(at, "the end of the line");
  }

  private void take(Key key, int start, int end) {
    if (key.column < 0 && !key.isPath) {
      return;
    }
    boolean isString = window.bytes[start] == '"';
    if (key.column >= 0 && !(key.isOtherName && record.starts[key.column] >= 0)) {
      record.set(key.column, isString ? start + 1 : start, isString ? end - 1 : end);
    }
    if (key.isPath && isString) {
      record.pathStart = start + 1;
      record.pathEnd = end - 1;
    }
  }

  /**
   * The key at an index, if it is one of the keys that have followed the previous one; null if not.
   */
  private @Nullable Key guess(Key previous, int start) {
    var guess = previous.next;
    for (int looks = 0; guess != null && looks < 3; looks++) {
      if (guess.standsAt(window.bytes, start, window.limit)) {
        return guess;
      }
      guess = guess.next;
    }
    return null;
  }

  /** The key in a range, which is learned if it is new; null if no more can be learned. */
  private @Nullable Key find(Key previous, int start, int end, int value) {
    if (end - start > LogBounds.MAX_NAME_BYTES) {
      scanner.refuse(
          start,
          "A key is longer than " + LogBounds.MAX_NAME_BYTES + " bytes, the most of a name.");
      return null;
    }
    var text = Arrays.copyOfRange(window.bytes, start, end);
    var raw = new String(text, UTF_8);
    var key = keys.get(raw);
    if (key == null && keys.size() == LogBounds.MAX_KEYS) {
      scanner.refuse(
          start,
          "The key "
              + LogBounds.shortened(raw, LogBounds.MAX_QUOTED)
              + " is a new one, and the log has had "
              + LogBounds.MAX_KEYS
              + " different ones, the most that a log may have.");
      return null;
    }
    if (key == null) {
      key = learn(raw, text, window.bytes[value]);
    }
    // A key that may be left out comes first in the chain: one more comparison where it is missing.
    if (key.next == null) {
      key.next = previous.next;
    }
    previous.next = key;
    return key;
  }

  private Key learn(String raw, byte[] text, byte value) {
    var name = raw.indexOf('\\') < 0 ? raw : JsonEscapes.undo(text, 0, text.length);
    boolean isPath = name.equals(PATH_KEY) || name.equals(STREAM_KEY);
    if (view.schema().indexOf(name) < 0) {
      addField(name, value);
    }
    int column = view.indexOf(name);
    var key = new Key(text, column, isPath, isOtherName(name, column));
    keys.put(raw, key);
    return key;
  }

  private boolean isOtherName(String name, int column) {
    return column >= 0 && !view.name(column).equals(name);
  }

  private void addField(String name, byte value) {
    fields = fields.plus(new Field(name, type(name, value)));
    view.use(LogSchema.ofJson(fields));
    if (view.showsAll()) {
      record.grow();
    }
  }

  /**
   * The type that a value suggests by its first byte: JSON does not distinguish a time from a
   * number, nor an address from a string.
   */
  private static ZeekType type(String name, byte value) {
    if (name.equals("ts") || name.equals("_write_ts")) {
      return ZeekType.of("time");
    }
    return switch (value) {
      case 't', 'f' -> ZeekType.of("bool");
      case '[' -> ZeekType.of("vector[string]");
      case '"', '{', 'n' -> ZeekType.STRING;
      default -> ZeekType.of("double");
    };
  }
}
