package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares cells with the values that the oracle has for them. Immutable. */
final class OracleValues {

  private final boolean isJson;

  OracleValues(boolean isJson) {
    this.isJson = isJson;
  }

  /** How a cell differs from a value; null if it does not. */
  @Nullable String differs(LogRecord record, int i, JsonNode value) {
    if (value.isNull()) {
      return record.isUnset(i) ? null : "is set: " + record.text(i);
    }
    if (record.isUnset(i)) {
      return "is unset";
    }
    if (value.has("bad")) {
      return null;
    }
    if (value.isArray()) {
      return differsList(record.strings(i), value);
    }
    if (value.isBoolean()) {
      return value.asBoolean() == record.bool(i) ? null : "got the opposite";
    }
    if (value.has("num")) {
      var number = value.get("num").asText();
      return number.contains("n")
          ? (number.equals(record.text(i)) && !Double.isFinite(record.real(i))
              ? null
              : "got " + record.text(i))
          : differsNumber(record, i, new BigDecimal(number));
    }
    if (value.has("hex")) {
      var bytes = Objects.requireNonNull(record.bytes(i));
      return Arrays.equals(HexFormat.of().parseHex(value.get("hex").asText()), bytes)
          ? null
          : "got " + HexFormat.of().formatHex(bytes);
    }
    if (value.isIntegralNumber()) {
      return isJson || value.bigIntegerValue().equals(unsigned(record.integer(i), value))
          ? null
          : "got " + record.integer(i);
    }
    if (value.isTextual()) {
      return value.asText().equals(record.string(i)) || looselyEqual(value.asText(), record, i)
          ? null
          : "got " + record.string(i);
    }
    return null;
  }

  /**
   * Up to Bro 2.3 a backslash was not doubled; the oracle does not say which of the two a log has.
   */
  private boolean looselyEqual(String wanted, LogRecord record, int i) {
    var text = record.text(i);
    return text != null
        && text.contains("\\\\")
        && wanted.equals(
            new String(Objects.requireNonNull(record.bytes(i)), UTF_8).replace("\\", "\\\\"));
  }

  private static BigInteger unsigned(long value, JsonNode wanted) {
    return wanted.bigIntegerValue().signum() < 0
        ? BigInteger.valueOf(value)
        : new BigInteger(Long.toUnsignedString(value));
  }

  private @Nullable String differsNumber(LogRecord record, int i, BigDecimal wanted) {
    var kind = record.schema().fields().get(i).type().kind();
    if (kind == ZeekType.Kind.TIME || kind == ZeekType.Kind.INTERVAL) {
      long micros = kind == ZeekType.Kind.TIME ? record.timeMicros(i) : record.intervalMicros(i);
      var actual = BigDecimal.valueOf(micros, 6);
      return actual.compareTo(wanted) == 0 ? null : "got " + actual;
    }
    return record.real(i) == wanted.doubleValue() ? null : "got " + record.real(i);
  }

  private @Nullable String differsList(@Nullable List<@Nullable String> actual, JsonNode wanted) {
    if (actual == null) {
      return "is unset";
    }
    var texts = new ArrayList<@Nullable String>();
    for (var element : wanted) {
      if (element.isNull()) {
        texts.add(null);
      } else if (element.isBoolean()) {
        texts.add(isJson ? element.asText() : element.asBoolean() ? "T" : "F");
      } else if (element.has("hex")) {
        texts.add(new String(HexFormat.of().parseHex(element.get("hex").asText()), UTF_8));
      } else if (element.has("num")) {
        texts.add(element.get("num").asText());
      } else if (element.isNumber() && isJson) {
        texts.add(element.asText());
      } else {
        texts.add(element.isContainerNode() ? element.toString() : element.asText());
      }
    }
    if (isJson
        && texts.size() == actual.size()
        && wanted.size() > 0
        && (wanted.get(0).isNumber() || wanted.get(0).isContainerNode())) {
      return null;
    }
    return texts.equals(actual) ? null : "got " + actual;
  }
}
