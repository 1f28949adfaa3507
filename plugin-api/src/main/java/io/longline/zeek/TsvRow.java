package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A row of a TSV log, escaped as Zeek does ({@code src/threading/formatters/Ascii.cc}). */
final class TsvRow extends LogRow {

  private static final int REAL_DIGITS = 6;

  private final TsvFormat format;
  private boolean isFirst;

  TsvRow(LogSchema schema, TsvFormat format, Sink sink) {
    super(schema, sink);
    this.format = format;
  }

  @Override
  void beginLine() {
    isFirst = true;
  }

  /** A line that starts like a header line would be taken for one: its first byte is escaped. */
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
    appendText(value.getBytes(UTF_8), false);
  }

  @Override
  void writeBytes(int index, byte[] value) {
    startValue(index);
    appendText(value, false);
  }

  @Override
  void writeBool(int index, boolean value) {
    startValue(index);
    line.append(value ? 'T' : 'F');
  }

  /** Up to six decimals, trailing zeros cut, {@code .0} when whole, never an exponent. */
  @Override
  void writeReal(int index, double value) {
    startValue(index);
    if (Double.isNaN(value)) {
      line.append("nan");
    } else if (Double.isInfinite(value)) {
      line.append(value > 0 ? "inf" : "-inf");
    } else {
      var text =
          new BigDecimal(value)
              .setScale(REAL_DIGITS, RoundingMode.HALF_EVEN)
              .stripTrailingZeros()
              .toPlainString();
      line.append(text.indexOf('.') < 0 ? text + ".0" : text);
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
        appendText(value.getBytes(UTF_8), true);
      }
    }
  }

  private void appendText(byte[] text, boolean isElement) {
    if (text.length == 0) {
      line.append(format.emptyFieldBytes());
      return;
    }
    int from = 0;
    if (Arrays.equals(text, format.unsetFieldBytes())
        || Arrays.equals(text, format.emptyFieldBytes())) {
      FieldEscapes.appendHex(line, text[0]);
      from = 1;
    }
    boolean keepUtf8 = format.utf8();
    for (int i = from; i < text.length; ) {
      int separator = separatorAt(text, i, isElement);
      if (separator > 0) {
        for (int end = i + separator; i < end; i++) {
          FieldEscapes.appendHex(line, text[i]);
        }
        continue;
      }
      byte b = text[i];
      if (b >= ' ' && b < 0x7F) {
        line.append(b);
        if (b == '\\') {
          line.append('\\');
        }
        i++;
      } else if (b >= 0 || !keepUtf8) {
        FieldEscapes.appendHex(line, b);
        i++;
      } else {
        i = appendNonAscii(text, i);
      }
    }
  }

  /** How long the separator is that stands here, 0 if none does. */
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

  private int appendNonAscii(byte[] text, int at) {
    int length = Utf8.sequenceLength(text, at);
    if (length == 0) {
      FieldEscapes.appendHex(line, text[at]);
      return at + 1;
    }
    line.append(text, at, at + length);
    return at + length;
  }
}
