package io.longline.host.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a hook with windows and of its test that depend on the log. Immutable.
 *
 * @param log the log, if it is known; of any other the records are counted by the client, a column
 *     that most logs have
 */
record WindowCode(Optional<KnownLog> log) {

  private static final KnownLog.Column CLIENT =
      new KnownLog.Column("CLIENT", List.of("id.orig_h"), "addr", false, "10.0.0.1");

  private static final KnownLog.Column TIME =
      new KnownLog.Column("TIME", List.of("ts"), "time", false, "");

  /** Times of rows: the first two are of one day. */
  private static final List<String> TIMES =
      List.of("2024-04-29T20:00:00Z", "2024-04-29T21:00:00Z", "2024-04-30T00:00:00Z");

  /** What the hook writes, as the end of a sentence. */
  String purpose(String path) {
    return log.map(known -> known.count().purpose())
            .orElse("how many records each " + path + ".log has of each client")
        + " on each day";
  }

  private KnownLog.Column key() {
    return log.map(KnownLog::key).orElse(CLIENT);
  }

  /** The column of a count that must be false. */
  private Optional<KnownLog.Column> condition() {
    return log.flatMap(known -> known.count().condition())
        .map(
            name ->
                new KnownLog.Column(
                    name.toUpperCase(Locale.ROOT), List.of(name), "bool", true, "false"));
  }

  /** The columns that the hook reads. */
  private List<KnownLog.Column> columns() {
    return Stream.concat(Stream.of(TIME, key()), condition().stream()).toList();
  }

  /** The simple names of the classes of {@code io.longline.zeek} that the hook uses. */
  SortedSet<String> imports() {
    var names = new TreeSet<String>(List.of("LogFields", "LogSchema", "StringField", "TimeField"));
    condition().ifPresent(column -> names.add("BoolField"));
    return names;
  }

  /** The values for the templates. */
  Map<String, String> values() {
    var fields = ColumnCode.constant(log);
    var values = new LinkedHashMap<String, String>();
    values.put("zeekImports", ColumnCode.imports(imports()));
    values.put("fields", fields);
    values.put("handles", lines(column -> ColumnCode.handle(asRead(column), fields)));
    values.put("key", key().constant().toLowerCase(Locale.ROOT));
    values.put("keyField", key().constant());
    values.put("keyType", key().zeekType());
    values.put("condition", condition().map(KnownLog.Column::constant).orElse(""));
    values.put("logFields", lines(ColumnCode::logField));
    values.put("example", key().example());
    values.put("cells", String.join("\n", rows()));
    values.put("cell", row(TIMES.get(0), "false"));
    return values;
  }

  /** A key is read as text, whatever its type is. */
  private KnownLog.Column asRead(KnownLog.Column column) {
    return column.equals(key())
        ? new KnownLog.Column(
            column.constant(), column.names(), "string", column.isOptional(), column.example())
        : column;
  }

  private String lines(Function<KnownLog.Column, String> line) {
    return columns().stream().map(line).collect(Collectors.joining("\n"));
  }

  private List<String> rows() {
    var rows = new ArrayList<>(TIMES.stream().map(time -> row(time, "false")).toList());
    if (condition().isPresent()) {
      rows.add(row(TIMES.get(0), "true"));
      rows.add(row(TIMES.get(0), "null"));
    }
    return rows;
  }

  private String row(String time, String cell) {
    var values = List.of('"' + time + '"', '"' + key().example() + '"', cell);
    return ".row(%s)".formatted(String.join(", ", values.subList(0, columns().size())));
  }
}
