package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes rows of a JSON log, without unset columns ({@code src/threading/formatters/JSON.cc}). */
final class JsonRowWriter extends RowWriter {

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final JsonFormat format;
  private final byte[][] keys;

  JsonRowWriter(LogSchema schema, JsonFormat format, Sink sink) {
    super(schema, sink);
    this.format = format;
    this.keys = new byte[schema.fields().size()][];
    for (int i = 0; i < keys.length; i++) {
      var key = new ByteBuilder(32);
      appendString(key, schema.fields().get(i).name().getBytes(UTF_8));
      keys[i] = Arrays.copyOf(key.append(':').bytes(), key.length());
    }
  }

  @Override
  void beginLine() {
    isFirst = true;
    line.append('{');
  }

  @Override
  void endLine() {
    line.append('}');
  }

  @Override
  void startValue(int index) {
    if (!isFirst) {
      line.append(',');
    }
    isFirst = false;
    line.append(keys[index]);
  }

  @Override
  void writeUnset() {
    // The key is left out.
  }

  @Override
  void writeString(int index, String value) {
    startValue(index);
    appendString(line, value.getBytes(UTF_8));
  }

  @Override
  void writeBytes(int index, byte[] value) {
    startValue(index);
    appendString(line, value);
  }

  @Override
  void writeBool(int index, boolean value) {
    startValue(index);
    line.append(value ? "true" : "false");
  }

  @Override
  void writeReal(int index, double value) {
    startValue(index);
    line.append(Double.isFinite(value) ? Double.toString(value) : "null");
  }

  @Override
  void writeTime(int index, long micros) {
    startValue(index);
    appendTime(micros);
  }

  private void appendTime(long micros) {
    switch (format.times()) {
      case EPOCH -> appendSeconds(micros);
      case MILLIS -> line.append(Math.floorDiv(micros, 1_000L));
      case ISO8601 ->
          line.append('"')
              .append(ISO.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)))
              .append('"');
    }
  }

  @Override
  void writeInterval(int index, long micros) {
    startValue(index);
    appendSeconds(micros);
  }

  /** Appends seconds with six decimals, less the zeros at the end, but at least one decimal. */
  private void appendSeconds(long micros) {
    appendMicros(micros);
    int end = line.length();
    while (line.bytes()[end - 1] == '0' && line.bytes()[end - 2] != '.') {
      end--;
    }
    line.truncate(end);
  }

  @Override
  void writeStrings(int index, Collection<? extends @Nullable String> values) {
    startValue(index);
    line.append('[');
    boolean first = true;
    for (var value : values) {
      if (!first) {
        line.append(',');
      }
      first = false;
      if (value == null) {
        line.append("null");
      } else {
        appendString(line, value.getBytes(UTF_8));
      }
    }
    line.append(']');
  }

  /**
   * Appends valid UTF-8 as it is, {@code \b \f \n \r \t} as their JSON escapes, and other control
   * bytes as the four characters {@code \xHH}. In a string that is not valid UTF-8 all non-ASCII
   * bytes become such characters too, as in Zeek 3.0 and newer.
   */
  private static void appendString(ByteBuilder target, byte[] text) {
    boolean isValid = Utf8.isValid(text);
    target.append('"');
    for (byte b : text) {
      if (b < 0 && isValid) {
        target.append(b);
      } else {
        appendAscii(target, b);
      }
    }
    target.append('"');
  }

  private static void appendAscii(ByteBuilder target, byte b) {
    switch (b) {
      case '"', '\\' -> target.append('\\').append(b);
      case '\n' -> target.append("\\n");
      case '\r' -> target.append("\\r");
      case '\t' -> target.append("\\t");
      case '\b' -> target.append("\\b");
      case '\f' -> target.append("\\f");
      default -> {
        if (b >= ' ' && b != 0x7F) {
          target.append(b);
        } else {
          target.append('\\');
          FieldEscapes.appendHex(target, b);
        }
      }
    }
  }

  @Override
  void writeCell(int index, LogRecord record, int column, ZeekType type) {
    startValue(index);
    if (!type.isContainer()) {
      appendValue(type.kind(), record, column);
      return;
    }
    var elements = record.elements(column);
    line.append('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      if (elements.isUnset(i)) {
        line.append("null");
      } else {
        appendValue(Objects.requireNonNull(type.element()), elements, i);
      }
    }
    line.append(']');
  }

  private void appendValue(ZeekType.Kind kind, LogRecord record, int column) {
    if (record instanceof JsonRecord json
        && json.isVerbatim(column)
        && kind != ZeekType.Kind.TIME) {
      line.append(record.buffer(), record.start(column), record.end(column));
      return;
    }
    switch (kind) {
      case BOOL -> line.append(record.bool(column) ? "true" : "false");
      case INT, PORT -> line.append(record.integer(column));
      case COUNT -> line.append(Long.toUnsignedString(record.integer(column)));
      case DOUBLE -> {
        double value = record.real(column);
        line.append(Double.isFinite(value) ? Double.toString(value) : "null");
      }
      case TIME -> appendTime(record.timeMicros(column));
      case INTERVAL -> appendSeconds(record.intervalMicros(column));
      case ADDR, SUBNET, ENUM, STRING, FILE, FUNC, SET, VECTOR -> {
        var text = record.bytes(column);
        appendString(line, text == null ? new byte[0] : text);
      }
    }
  }
}
