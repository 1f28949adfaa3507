package io.longline.zeek;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one log of the corpus and compares it with the oracle's object for it. */
final class OracleCheck {

  private final JsonNode expected;
  private final boolean isJson;
  private final OracleValues values;
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, Long> unset = new TreeMap<>();
  private final Map<String, Long> empty = new TreeMap<>();
  private final Map<String, BigDecimal> firstTimes = new HashMap<>();
  private final Map<String, BigDecimal> lastTimes = new HashMap<>();
  private final Map<String, BigDecimal> sums = new HashMap<>();

  OracleCheck(JsonNode expected) {
    this.expected = expected;
    this.isJson = expected.get("format").asText().equals("json");
    this.values = new OracleValues(isJson);
  }

  /** The differences, as text; empty if there are none. */
  String check(Path file) throws IOException {
    boolean oneSchema = isJson || expected.path("schemas").asInt() <= 1;
    try (var reader = LogReader.open(file)) {
      equal(
          "format",
          isJson ? "json" : "tsv",
          reader.schema().format() instanceof JsonFormat ? "json" : "tsv");
      int row = 0;
      for (var record = reader.next(); record != null; record = reader.next()) {
        if (row++ == 0) {
          if (!isJson) {
            checkHeader(reader.schema());
          }
          compareRow("first row", expected.get("first_row"), record);
        }
        if (row == expected.get("rows").asLong()) {
          compareRow("last row", expected.get("last_row"), record);
        }
        if (oneSchema) {
          count(record);
        }
      }
      checkTotals(reader, oneSchema);
    }
    return String.join("; ", complaints);
  }

  /** Compares only the number of rows. */
  String checkRows(Path file) throws IOException {
    try (var reader = LogReader.open(file)) {
      reader.forEach(record -> Objects.requireNonNull(record.toString()));
      equal("rows", rows(), reader.report().rows());
    }
    return String.join("; ", complaints);
  }

  private long rows() {
    return expected.path(expected.has("rows_lenient") ? "rows_lenient" : "rows").asLong();
  }

  private void checkHeader(LogSchema schema) {
    if (expected.path("schemas").asInt() > 1) {
      return;
    }
    equal(
        "path",
        expected.get("path").isNull() ? null : expected.get("path").asText(),
        schema.path());
    equal(
        "fields",
        texts(expected.get("fields")),
        schema.fields().stream().map(Field::name).toList());
    var types = texts(expected.get("types"));
    if (types.size() == schema.fields().size()) {
      equal("types", types, schema.fields().stream().map(field -> field.type().text()).toList());
    }
    var format = (TsvFormat) schema.format();
    equal("separator", expected.get("separator").asText(), format.separator());
    equal("set_separator", expected.get("set_separator").asText(), format.setSeparator());
    equal("empty_field", expected.get("empty_field").asText(), format.emptyField());
    equal("unset_field", expected.get("unset_field").asText(), format.unsetField());
    if (expected.hasNonNull("open")) {
      equal("open", expected.get("open").asText(), schema.open());
    }
  }

  private void checkTotals(LogReader reader, boolean oneSchema) {
    var report = reader.report();
    equal("rows", rows(), report.rows());
    equal("bad lines", expected.get("n_bad_lines").asLong(), report.badLines());
    equal("blank lines", expected.get("blank_lines").asLong(), report.blankLines());
    if (isJson) {
      equal(
          "fields",
          texts(expected.get("fields")),
          reader.schema().fields().stream().map(Field::name).toList());
      equalCounts("missing", expected.get("missing_counts"), unset);
      compareSums("int_sums");
      return;
    }
    equal("closed", expected.get("ends_with_close").asBoolean(), report.closed());
    if (oneSchema) {
      compareTimes("time_min", firstTimes);
      compareTimes("time_max", lastTimes);
    }
    if (oneSchema && expected.has("unset_counts")) {
      equalCounts("unset", expected.get("unset_counts"), unset);
      equalCounts("empty", expected.get("empty_counts"), empty);
      compareSums("sums");
    }
  }

  private void compareSums(String key) {
    expected
        .path(key)
        .properties()
        .forEach(
            sum -> {
              var actual = sums.getOrDefault(sum.getKey(), BigDecimal.ZERO);
              var wanted = new BigDecimal(sum.getValue().asText());
              if (wanted.compareTo(actual) != 0) {
                complaints.add(
                    "sum of " + sum.getKey() + ": expected " + wanted + ", got " + actual);
              }
            });
  }

  private void compareTimes(String key, Map<String, BigDecimal> actual) {
    expected
        .path(key)
        .properties()
        .forEach(
            time -> {
              var found = actual.get(time.getKey());
              if (found == null || new BigDecimal(time.getValue().asText()).compareTo(found) != 0) {
                complaints.add(
                    key
                        + " of "
                        + time.getKey()
                        + ": expected "
                        + time.getValue()
                        + ", got "
                        + found);
              }
            });
  }

  private void count(LogRecord record) {
    for (int i = 0; i < record.size(); i++) {
      var name = record.name(i);
      if (isJson ? record.text(i) == null : record.isUnset(i)) {
        unset.merge(name, 1L, Long::sum);
      } else if (record.isEmpty(i)) {
        empty.merge(name, 1L, Long::sum);
      }
      if (!isJson && kind(record, i) == ZeekType.Kind.TIME && !record.isUnset(i)) {
        var time = BigDecimal.valueOf(record.timeMicros(i), 6);
        firstTimes.merge(name, time, BigDecimal::min);
        lastTimes.merge(name, time, BigDecimal::max);
      }
      var wanted = expected.path(isJson ? "int_sums" : "sums").get(name);
      if (wanted != null && !record.isUnset(i) && isSummed(record, i)) {
        sums.merge(name, number(record, i, kind(record, i)), BigDecimal::add);
      }
    }
  }

  /** Whether the oracle sums a cell: it sums finite numbers, of JSON only the whole ones. */
  private boolean isSummed(LogRecord record, int column) {
    var text = Objects.requireNonNull(record.text(column));
    return isJson ? text.matches("-?[0-9]+") : !text.contains("n");
  }

  private ZeekType.Kind kind(LogRecord record, int column) {
    return record.schema().fields().get(column).type().kind();
  }

  private BigDecimal number(LogRecord record, int column, ZeekType.Kind kind) {
    if (isJson) {
      return new BigDecimal(Objects.requireNonNull(record.text(column)));
    }
    return switch (kind) {
      case COUNT -> new BigDecimal(new BigInteger(Long.toUnsignedString(record.integer(column))));
      case INT, PORT -> BigDecimal.valueOf(record.integer(column));
      case INTERVAL -> new BigDecimal(Objects.requireNonNull(record.text(column)));
      default -> new BigDecimal(Objects.requireNonNull(record.text(column)));
    };
  }

  private void compareRow(String what, JsonNode row, LogRecord record) {
    for (int i = 0; i < record.size(); i++) {
      var value = row.get(record.name(i));
      if (value == null && !isJson) {
        continue;
      }
      var difference =
          value == null ? (record.isUnset(i) ? null : "is set") : values.differs(record, i, value);
      if (difference != null) {
        complaints.add(what + ", " + record.name(i) + ": expected " + value + ", " + difference);
      }
    }
  }

  private void equalCounts(String what, JsonNode wanted, Map<String, Long> actual) {
    var counts = new TreeMap<String, Long>();
    wanted
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().asLong() > 0) {
                counts.put(entry.getKey(), entry.getValue().asLong());
              }
            });
    var seen = new TreeMap<>(actual);
    if (isJson) {
      // A key that appears late is missing in the rows before, which a reader of a stream cannot
      // know.
      counts.keySet().retainAll(seen.keySet());
      seen.entrySet()
          .removeIf(entry -> counts.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
      if (!seen.isEmpty()) {
        complaints.add(what + ": expected " + counts + ", got " + seen);
      }
      return;
    }
    if (!counts.equals(seen)) {
      complaints.add(what + ": expected " + counts + ", got " + seen);
    }
  }

  private void equal(String what, @Nullable Object wanted, @Nullable Object actual) {
    if (!Objects.equals(wanted, actual)) {
      complaints.add(what + ": expected " + wanted + ", got " + actual);
    }
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    if (array != null) {
      array.forEach(element -> texts.add(element.asText()));
    }
    return texts;
  }
}
