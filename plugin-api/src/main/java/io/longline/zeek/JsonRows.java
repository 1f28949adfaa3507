package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a JSON log: one flat object a line. Confined to the reader's thread.
 *
 * <p>Keys are compared as bytes with the key that followed the last one in the row before; Zeek
 * writes keys in one order and leaves some out, so nearly every key is found at the first or second
 * look.
 */
final class JsonRows implements RowSource {

  /** A key seen before. Keys that the view does not show have column -1. */
  private static final class Key {
    final byte[] text;
    int column;
    final boolean isPath;
    @Nullable Key next;

    Key(byte[] text, int column, boolean isPath) {
      this.text = text;
      this.column = column;
      this.isPath = isPath;
    }
  }

  /** Keys with which tools name the log that a row belongs to. */
  private static final String PATH_KEY = "_path";

  private static final String STREAM_KEY = "@stream";

  /**
   * More keys than this are not remembered: the file is no Zeek log, or was made to fill the
   * memory.
   */
  private static final int MAX_KEYS = 10_000;

  private final ByteWindow window;
  private final ReadProblems problems;
  private final View view;
  private final JsonRecord record;
  private final JsonScanner scanner;
  private final Map<String, Key> keys = new HashMap<>();
  private final Key first = new Key(new byte[0], -1, false);
  private long line;

  JsonRows(ByteWindow window, String file, View view, ReadProblems problems) {
    this.window = window;
    this.problems = problems;
    this.view = view;
    this.record = new JsonRecord(file, view);
    this.scanner = new JsonScanner(window.bytes, window.limit);
    view.use(LogSchema.of(null, JsonFormat.ZEEK, List.of(), null));
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
   * Scans the current line, reading on until it is whole; returns where it ends, or a negative
   * code.
   */
  private int scanWhole() throws IOException {
    for (; ; ) {
      scanner.use(window.bytes, window.limit);
      int end = scan();
      boolean ranOut =
          end == window.limit
              || end < 0 && (end == BLANK ? blankAt : scanner.badAt()) >= window.limit;
      if (!ranOut) {
        return end;
      }
      if (window.isFull()) {
        return TOO_LONG;
      }
      if (!window.more()) {
        return end;
      }
    }
  }

  private int blankAt;

  private int scan() {
    record.clear();
    int at = scanner.skipSpace(window.start);
    byte b = window.bytes[at];
    if (b == '\n') {
      blankAt = at;
      return BLANK;
    }
    if (b != '{') {
      return scanner.bad(at, "a JSON object");
    }
    at = scanner.skipSpace(at + 1);
    if (window.bytes[at] == '}') {
      return endOfLine(at + 1);
    }
    var previous = first;
    for (; ; ) {
      if (window.bytes[at] != '"') {
        return scanner.bad(at, "a key");
      }
      int keyStart = at + 1;
      int keyEnd = scanner.string(keyStart);
      if (keyEnd < 0) {
        return JsonScanner.BAD;
      }
      at = scanner.skipSpace(keyEnd + 1);
      if (window.bytes[at] != ':') {
        return scanner.bad(at, "a colon");
      }
      at = scanner.value(scanner.skipSpace(at + 1));
      if (at < 0) {
        return JsonScanner.BAD;
      }
      previous = take(previous, keyStart, keyEnd);
      at = scanner.skipSpace(at);
      if (window.bytes[at] == '}') {
        return endOfLine(at + 1);
      }
      if (window.bytes[at] != ',') {
        return scanner.bad(at, "a comma or a closing brace");
      }
      at = scanner.skipSpace(at + 1);
    }
  }

  private int endOfLine(int from) {
    int at = scanner.skipSpace(from);
    return window.bytes[at] == '\n' ? at : scanner.bad(at, "the end of the line");
  }

  private Key take(Key previous, int keyStart, int keyEnd) {
    var key = find(previous, keyStart, keyEnd);
    if (key.column >= 0) {
      record.set(key.column, scanner.kind(), scanner.valueStart(), scanner.valueEnd());
    }
    if (key.isPath && scanner.kind() == JsonRecord.Kind.STRING) {
      record.pathStart = scanner.valueStart();
      record.pathEnd = scanner.valueEnd();
    }
    return key;
  }

  private Key find(Key previous, int start, int end) {
    var guess = previous.next;
    for (int looks = 0; guess != null && looks < 3; looks++) {
      if (Arrays.equals(window.bytes, start, end, guess.text, 0, guess.text.length)) {
        return guess;
      }
      guess = guess.next;
    }
    var text = Arrays.copyOfRange(window.bytes, start, end);
    var raw = new String(text, UTF_8);
    var key = keys.get(raw);
    if (key == null) {
      key = learn(raw, text);
    }
    if (previous.next == null) {
      previous.next = key;
    }
    return key;
  }

  private Key learn(String raw, byte[] text) {
    var name = raw.indexOf('\\') < 0 ? raw : JsonEscapes.undo(text, 0, text.length);
    boolean isPath = name.equals(PATH_KEY) || name.equals(STREAM_KEY);
    int column = view.indexOf(name);
    if (keys.size() >= MAX_KEYS) {
      return new Key(text, column, isPath);
    }
    if (view.schema().indexOf(name) < 0) {
      addField(name);
      column = view.indexOf(name);
    }
    var key = new Key(text, column, isPath);
    keys.put(raw, key);
    return key;
  }

  private void addField(String name) {
    var schema = view.schema();
    var fields = new ArrayList<>(schema.fields());
    fields.add(new Field(name, type(name)));
    view.use(LogSchema.of(schema.path(), schema.format(), fields, null));
    if (view.showsAll()) {
      record.grow();
    }
  }

  /**
   * What a value suggests: JSON does not tell a time from a number, nor an address from a string.
   */
  private ZeekType type(String name) {
    if (name.equals("ts") || name.equals("_write_ts")) {
      return ZeekType.of("time");
    }
    return switch (scanner.kind()) {
      case TRUE, FALSE -> ZeekType.of("bool");
      case NUMBER -> ZeekType.of("double");
      case ARRAY -> ZeekType.of("vector[string]");
      case STRING, NULL, OBJECT, ABSENT -> ZeekType.STRING;
    };
  }
}
