package io.longline.host.project;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parts of a hook and of its test that depend on the columns of a log. Immutable.
 *
 * @param log the log, if it is known
 * @param isExitHook whether the hook is called at EXIT too
 */
record ColumnCode(Optional<KnownLog> log, boolean isExitHook) {

  private List<KnownLog.Column> columns() {
    return log.map(KnownLog::columns).orElse(List.of());
  }

  /** The simple names of the classes of {@code io.longline.zeek} that the hook uses. */
  SortedSet<String> imports() {
    var names = new TreeSet<String>();
    columns().forEach(column -> names.add(column.type().handle()));
    names.add("LogFields");
    names.add("LogSchema");
    if (isExitHook || log.isEmpty()) {
      names.add("LogRecord");
    }
    if (log.isEmpty()) {
      names.add("TimeField");
    }
    return names;
  }

  /** The imports of classes of {@code io.longline.zeek}. */
  static String imports(Collection<String> names) {
    return names.stream()
        .map("import io.longline.zeek.%s;"::formatted)
        .collect(Collectors.joining("\n"));
  }

  /** The values for the templates. */
  Map<String, String> values() {
    return Map.of(
        "zeekImports",
        imports(imports()),
        "fields",
        constant(log),
        "handles",
        lines(column -> handle(column, constant(log))),
        "schema",
        lines(column -> ".field(\"%s\", \"%s\")".formatted(written(column), column.zeekType())),
        "row",
        lines(column -> column.type().write(column.constant(), column.isOptional())),
        "logFields",
        lines(ColumnCode::logField),
        "cells",
        columns().stream()
            .map(column -> column.type().literal(column.example()))
            .collect(Collectors.joining(", ")),
        "expected",
        columns().stream()
            .map(column -> column.type().text(column.example()))
            .collect(Collectors.joining("\\t")));
  }

  /** The name of the constant that has the fields of a log. */
  static String constant(Optional<KnownLog> log) {
    return log.map(known -> known.path().toUpperCase(Locale.ROOT)).orElse("FIELDS");
  }

  /**
   * The declaration of a handle.
   *
   * @param fields the name of the constant that has the fields of its log
   */
  static String handle(KnownLog.Column column, String fields) {
    return "private static final %s %s = %s%s.%s(%s);"
        .formatted(
            column.type().handle(),
            column.constant(),
            fields,
            column.isOptional() ? ".optional()" : "",
            column.type().declaring(),
            column.names().stream()
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", ")));
  }

  /** The call that adds a column to a small log. */
  static String logField(KnownLog.Column column) {
    return ".field(\"%s\", \"%s\")".formatted(column.names().get(0), column.zeekType());
  }

  /** The name of the column in what the hook writes. */
  private static String written(KnownLog.Column column) {
    return column.constant().equals("TIME") ? "ts" : column.constant().toLowerCase(Locale.ROOT);
  }

  private String lines(Function<KnownLog.Column, String> line) {
    return columns().stream().map(line).collect(Collectors.joining("\n"));
  }
}
