package io.longline.host.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A log of Zeek whose typical columns are known, from the table {@code logs.txt}. Immutable.
 *
 * @param path its path, such as {@code dns}
 * @param purpose what its rows say, as the end of a sentence
 * @param columns the columns that a new hook reads and writes
 * @param count what a new hook with windows counts
 */
record KnownLog(String path, String purpose, List<Column> columns, Count count) {

  private static final Pattern HEADING = Pattern.compile("(?m)^(\\w+): (.+)$");
  private static final Pattern COLUMN =
      Pattern.compile("(?m)^ +(\\w+) +(\\S+) +(\\S+?)(\\?)? +(\\S.*)$");

  private static final Pattern COUNT = Pattern.compile("(?m)^ +\\* (\\w+) +(?:!(\\S+) +)?(\\S.*)$");

  KnownLog {
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param constant the name of its handle in the hook
   * @param names its name in the log, and then other names that it has in other versions of Zeek
   * @param zeekType its type
   * @param isOptional whether a log may lack it, and a row leave it unset
   * @param example a cell
   */
  record Column(
      String constant, List<String> names, String zeekType, boolean isOptional, String example) {

    Column {
      names = List.copyOf(names);
    }

    ColumnType type() {
      return ColumnType.of(zeekType);
    }
  }

  /**
   * What is counted.
   *
   * @param key the constant of the column that has the key
   * @param condition the name of a column that must be false, if there is one
   * @param purpose what is counted, as the end of a sentence
   */
  record Count(String key, Optional<String> condition, String purpose) {}

  /** The column that has the key of what is counted. */
  Column key() {
    return columns.stream()
        .filter(column -> column.constant().equals(count.key()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(path + " has no column " + count.key()));
  }

  /** The log with a path, if it is known. */
  static Optional<KnownLog> of(String path) {
    return Optional.ofNullable(table().get(path));
  }

  /** The paths of all that are known. */
  static List<String> paths() {
    return List.copyOf(table().keySet());
  }

  private static Map<String, KnownLog> table() {
    var logs = new LinkedHashMap<String, KnownLog>();
    for (var block : text().split("\n\n+", -1)) {
      var heading = HEADING.matcher(block);
      if (heading.find()) {
        logs.put(
            heading.group(1),
            new KnownLog(heading.group(1), heading.group(2), columns(block), count(block)));
      }
    }
    return logs;
  }

  private static List<Column> columns(String block) {
    return COLUMN
        .matcher(block)
        .results()
        .map(
            column ->
                new Column(
                    column.group(1),
                    List.of(column.group(2).split("/", -1)),
                    column.group(3),
                    column.group(4) != null,
                    column.group(5)))
        .toList();
  }

  private static Count count(String block) {
    var line = COUNT.matcher(block);
    if (!line.find()) {
      throw new IllegalStateException("A log in logs.txt has no line with *: " + block);
    }
    return new Count(line.group(1), Optional.ofNullable(line.group(2)), line.group(3));
  }

  private static String text() {
    try (InputStream in = KnownLog.class.getResourceAsStream("logs.txt")) {
      if (in == null) {
        throw new IllegalStateException("logs.txt is missing beside " + KnownLog.class);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
