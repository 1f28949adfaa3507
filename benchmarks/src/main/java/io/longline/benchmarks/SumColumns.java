package io.longline.benchmarks;

import io.longline.zeek.Field;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import io.longline.zeek.ParallelScan;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Sums four columns of a conn.log, as a program of its own for whole-process comparisons: by
 * LogReader, by ParallelScan, or by DuckDB, whose jar is then on the class path.
 */
public final class SumColumns {

  private static final String[] FIELDS = {"duration", "orig_bytes", "orig_pkts", "resp_pkts"};

  private SumColumns() {}

  /**
   * Takes {@code longline|duckdb|longline-all|longline-strings|duckdb-all THREADS REPETITIONS
   * FILE}.
   */
  public static void main(String[] args) throws IOException, SQLException {
    int threads = Integer.parseInt(args[1]);
    for (int i = Integer.parseInt(args[2]); i > 0; i--) {
      long start = System.nanoTime();
      var sums =
          switch (args[0]) {
            case "longline" -> byLongline(Path.of(args[3]), threads);
            case "longline-all" -> allByLongline(Path.of(args[3]), false);
            case "longline-strings" -> allByLongline(Path.of(args[3]), true);
            case "duckdb" -> byDuckDb(args[3], threads, false);
            case "duckdb-all" -> byDuckDb(args[3], threads, true);
            default -> throw new IllegalArgumentException(args[0]);
          };
      System.out.println(sums + " in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
  }

  private static String byLongline(Path file, int threads) throws IOException {
    if (threads > 1) {
      return Arrays.toString(
          ParallelScan.of(file)
              .fields(FIELDS)
              .threads(threads)
              .scan(
                  () -> new long[FIELDS.length],
                  SumColumns::add,
                  (one, other) -> {
                    Arrays.setAll(one, i -> one[i] + other[i]);
                    return one;
                  })
              .value());
    }
    var sums = new long[FIELDS.length];
    try (var reader = LogReader.builder(file).fields(FIELDS).open()) {
      reader.forEach(record -> add(sums, record));
    }
    return Arrays.toString(sums);
  }

  private static void add(long[] sums, LogRecord record) {
    sums[0] += record.isUnset(0) ? 0 : record.intervalMicros(0);
    for (int i = 1; i < sums.length; i++) {
      sums[i] += record.integer(i, 0);
    }
  }

  /** A typed value of every cell, without Strings or with one for each string and enum. */
  private static String allByLongline(Path file, boolean makesStrings) throws IOException {
    try (var reader = LogReader.open(file)) {
      var sum = new TypedSum(reader.schema(), makesStrings);
      reader.forEach(sum::add);
      return Long.toString(sum.value());
    }
  }

  private static String byDuckDb(String file, int threads, boolean isAll)
      throws IOException, SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("SET threads=" + threads);
      var sql =
          isAll
              ? "SELECT max(COLUMNS(*)) FROM " + source(file, true)
              : "SELECT sum(duration), sum(orig_bytes), sum(orig_pkts), sum(resp_pkts) FROM "
                  + source(file, false);
      try (var result = statement.executeQuery(sql)) {
        result.next();
        return "[%s, %s, %s, %s]"
            .formatted(
                result.getString(1), result.getString(2), result.getString(3), result.getString(4));
      }
    }
  }

  /** The columns of the file's own header, four of them as numbers. */
  private static String source(String file, boolean isAll) throws IOException {
    boolean isTsv;
    var columns = new StringBuilder();
    try (var reader = LogReader.open(Path.of(file))) {
      isTsv = reader.schema().open() != null;
      for (var field : reader.schema().fields()) {
        boolean isAsked = isAll || Arrays.asList(FIELDS).contains(field.name());
        if (isTsv || isAsked) {
          var type = isAsked ? duckDbType(field) : "VARCHAR";
          columns
              .append(columns.isEmpty() ? "" : ", ")
              .append('"')
              .append(field.name())
              .append("\": '")
              .append(type)
              .append('\'');
        }
      }
    }
    return isTsv
        ? "read_csv('"
            + file
            + "', delim='\t', header=false, comment='#', skip=8, nullstr='-', quote='', escape='', auto_detect=false, columns={"
            + columns
            + "})"
        : "read_ndjson('" + file + "', columns={" + columns + "})";
  }

  private static String duckDbType(Field field) {
    return switch (field.type().kind()) {
      case TIME, INTERVAL, DOUBLE ->
          field.name().matches(".*(bytes|pkts|_p)") ? "BIGINT" : "DOUBLE";
      case COUNT, INT, PORT -> "BIGINT";
      case BOOL, ADDR, SUBNET, ENUM, STRING, FILE, FUNC, SET, VECTOR -> "VARCHAR";
    };
  }
}
