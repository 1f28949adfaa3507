package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes rows of a TSV log, escaped as Zeek does ({@code src/threading/formatters/Ascii.cc}). */
final class TsvRowWriter extends RowWriter {

  private static final int REAL_DIGITS = 6;

  private final TsvFormat format;

  TsvRowWriter(LogSchema schema, TsvFormat format, Sink sink) {
    super(schema, sink);
    this.format = format;
  }

  @Override
  void beginLine() {
    isFirst = true;
  }

  /** A line that starts like a header line would be read as one, so its first byte is escaped. */
  @Override
  void endLine() {
    var prefix = format.metaPrefixBytes();
    if (line.length() >= prefix.length
        && Arrays.equals(line.bytes(), 0, prefix.length, prefix, 0, prefix.length)) {
      var rest = Arrays.copyOfRange(line.bytes(), 1, line.length());
      line.truncate(0);
      FieldEscapes.appendHex(line, prefix[0]);
      line.append(rest);
    }
  }

  @Override
  void startValue(int index) {
    if (isFirst) {
      isFirst = false;
    } else {
      line.append(format.separatorBytes());
    }
  }

  @Override
  void writeUnset() {
    startValue(0);
    line.append(format.unsetFieldBytes());
  }

  @Override
  void writeString(int index, String value) {
    startValue(index);
    appendText(value.getBytes(UTF_8), false, format.utf8());
  }

  @Override
  void writeBytes(int index, byte[] value) {
    startValue(index);
    appendText(value, false, format.utf8());
  }

  @Override
  void writeBool(int index, boolean value) {
    startValue(index);
    line.append(value ? 'T' : 'F');
  }

  @Override
  void writeReal(int index, double value) {
    startValue(index);
    appendReal(value);
  }

  /**
   * Appends up to six decimals without trailing zeros, {@code .0} for a whole number, never an
   * exponent.
   */
  private void appendReal(double value) {
    if (Double.isNaN(value)) {
      line.append("nan");
    } else if (Double.isInfinite(value)) {
      line.append(value > 0 ? "inf" : "-inf");
    } else {
      var rounded = new BigDecimal(value).setScale(REAL_DIGITS, RoundingMode.HALF_EVEN);
      var text = rounded.stripTrailingZeros().toPlainString();
      boolean isMinusZero = rounded.signum() == 0 && 1 / value < 0;
      line.append(isMinusZero ? "-" : "").append(text.indexOf('.') < 0 ? text + ".0" : text);
    }
  }

  @Override
  void writeTime(int index, long micros) {
    startValue(index);
    appendMicros(micros);
  }

  @Override
  void writeInterval(int index, long micros) {
    startValue(index);
    appendMicros(micros);
  }

  @Override
  void writeStrings(int index, Collection<? extends @Nullable String> values) {
    startValue(index);
    if (values.isEmpty()) {
      line.append(format.emptyFieldBytes());
      return;
    }
    boolean first = true;
    for (var value : values) {
      if (!first) {
        line.append(format.setSeparatorBytes());
      }
      first = false;
      if (value == null) {
        line.append(format.unsetFieldBytes());
      } else {
        appendText(value.getBytes(UTF_8), true, format.utf8());
      }
    }
  }

  private void appendText(byte[] text, boolean isElement, boolean keepUtf8) {
    if (text.length == 0) {
      line.append(format.emptyFieldBytes());
      return;
    }
    int at = 0;
    if (Arrays.equals(text, format.unsetFieldBytes())
        || Arrays.equals(text, format.emptyFieldBytes())) {
      FieldEscapes.appendHex(line, text[0]);
      at = 1;
    }
    while (at < text.length) {
      int runEnd = at;
      while (runEnd < text.length
          && text[runEnd] != '\\'
          && separatorAt(text, runEnd, isElement) == 0) {
        runEnd++;
      }
      appendRun(text, at, runEnd, keepUtf8);
      at = runEnd;
      if (at < text.length) {
        at = appendEscaped(text, at, isElement);
      }
    }
  }

  /**
   * Appends the text between two escapes: if it has a control byte or is not valid UTF-8, all its
   * bytes that are not printable ASCII are escaped.
   */
  private void appendRun(byte[] text, int from, int to, boolean keepUtf8) {
    if (keepUtf8 && Utf8.isPrintable(text, from, to)) {
      line.append(text, from, to);
      return;
    }
    for (int i = from; i < to; i++) {
      if (text[i] >= ' ' && text[i] < 0x7F) {
        line.append(text[i]);
      } else {
        FieldEscapes.appendHex(line, text[i]);
      }
    }
  }

  /** Appends a backslash or a separator, escaped; returns the index after it. */
  private int appendEscaped(byte[] text, int at, boolean isElement) {
    if (text[at] == '\\' && separatorAt(text, at, isElement) == 0) {
      line.append('\\').append('\\');
      return at + 1;
    }
    int end = at + separatorAt(text, at, isElement);
    for (int i = at; i < end; i++) {
      FieldEscapes.appendHex(line, text[i]);
    }
    return end;
  }

  /** The length of the separator at an index; 0 if there is none. */
  private int separatorAt(byte[] text, int at, boolean isElement) {
    if (startsWith(text, at, format.separatorBytes())) {
      return format.separatorBytes().length;
    }
    return isElement && startsWith(text, at, format.setSeparatorBytes())
        ? format.setSeparatorBytes().length
        : 0;
  }

  private static boolean startsWith(byte[] text, int at, byte[] start) {
    return text[at] == start[0]
        && at + start.length <= text.length
        && Arrays.equals(text, at, at + start.length, start, 0, start.length);
  }

  @Override
  void writeCell(int index, LogRecord record, int column, ZeekType type) {
    startValue(index);
    if (!type.isContainer()) {
      appendValue(type.kind(), record, column, false);
      return;
    }
    var elements = record.elements(column);
    if (elements.size() == 0) {
      line.append(format.emptyFieldBytes());
    }
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        line.append(format.setSeparatorBytes());
      }
      if (elements.isUnset(i)) {
        line.append(format.unsetFieldBytes());
      } else {
        appendValue(Objects.requireNonNull(type.element()), elements, i, true);
      }
    }
  }

  private void appendValue(ZeekType.Kind kind, LogRecord record, int column, boolean isElement) {
    if (record instanceof JsonRecord && kind != ZeekType.Kind.TIME && kind != ZeekType.Kind.BOOL) {
      appendBytes(record, column, isElement);
      return;
    }
    switch (kind) {
      case BOOL -> line.append(record.bool(column) ? 'T' : 'F');
      case INT, PORT -> line.append(record.integer(column));
      case COUNT -> line.append(Long.toUnsignedString(record.integer(column)));
      case DOUBLE -> appendReal(record.real(column));
      case TIME -> appendMicros(record.timeMicros(column));
      case INTERVAL -> appendMicros(record.intervalMicros(column));
      case ADDR, SUBNET, ENUM, STRING, FILE, FUNC, SET, VECTOR ->
          appendBytes(record, column, isElement);
    }
  }

  private void appendBytes(LogRecord record, int column, boolean isElement) {
    var text = record.bytes(column);
    boolean keepUtf8 =
        format.utf8() && !(record instanceof TsvRecord && hasHexStyle(record, column));
    appendText(text == null ? new byte[0] : text, isElement, keepUtf8);
  }

  /** Whether a cell shows all its non-ASCII bytes as hex, as a writer without UTF-8 does. */
  private static boolean hasHexStyle(LogRecord record, int column) {
    var bytes = record.buffer();
    boolean hasHex = false;
    for (int i = record.start(column); i < record.end(column); i++) {
      if (bytes[i] < 0) {
        return false;
      }
      hasHex |= bytes[i] == '\\';
    }
    return hasHex;
  }
}
