package io.longline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.zeek.HostAccess;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a row: reading of a conn.log of 15 columns from memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ConnLog.ROWS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZeekReadBenchmark {

  /** The format. */
  @Param({"tsv", "json"})
  public String format = "tsv";

  private final byte[] tsv = ConnLog.tsv();
  private final byte[] json = ConnLog.json();

  private LogReader open(String... fields) throws IOException {
    var log = format.equals("tsv") ? tsv : json;
    var builder = LogReader.builder("conn.log", new ByteArrayInputStream(log));
    return (fields.length == 0 ? builder : builder.fields(fields)).open();
  }

  /** The bytes layer: rows are found and split, nothing is made of them. */
  @Benchmark
  public long bytesOfAllColumns() throws IOException {
    long bytes = 0;
    try (var reader = open()) {
      for (var record = reader.next(); record != null; record = reader.next()) {
        bytes += HostAccess.end(record, record.size() - 1);
      }
    }
    return bytes;
  }

  /** Four columns, read as numbers. */
  @Benchmark
  public long fourNumbers() throws IOException {
    long sum = 0;
    try (var reader = open("duration", "orig_bytes", "orig_pkts", "resp_pkts")) {
      for (var record = reader.next(); record != null; record = reader.next()) {
        sum += record.isUnset(0) ? 0 : record.intervalMicros(0);
        sum += record.integer(1, 0) + record.integer(2, 0) + record.integer(3, 0);
      }
    }
    return sum;
  }

  /** All columns with their types, texts as Strings. */
  @Benchmark
  public long allTypedWithStrings() throws IOException {
    long sum = 0;
    var address = new byte[16];
    try (var reader =
        open(
            "ts",
            "uid",
            "id.orig_h",
            "id.orig_p",
            "id.resp_h",
            "id.resp_p",
            "proto",
            "service",
            "duration",
            "orig_bytes",
            "resp_bytes",
            "conn_state",
            "history",
            "orig_pkts",
            "resp_pkts")) {
      for (var record = reader.next(); record != null; record = reader.next()) {
        sum +=
            record.timeMicros(0)
                + record.addressBytes(2, address)
                + record.addressBytes(4, address);
        sum += record.integer(3) + record.integer(5) + record.integer(9, 0) + record.integer(10, 0);
        sum +=
            record.integer(13, 0) + record.integer(14, 0) + length(record, 1) + length(record, 6);
        sum += length(record, 7) + length(record, 11) + length(record, 12);
        sum += record.isUnset(8) ? 0 : record.intervalMicros(8);
      }
    }
    return sum;
  }

  private static int length(LogRecord record, int column) {
    var text = record.string(column);
    return text == null ? 0 : text.length();
  }

  /** Plain Java code without a library; TSV only. */
  @Benchmark
  public long readLineAndSplit() throws IOException {
    long sum = 0;
    try (var lines =
        new BufferedReader(new InputStreamReader(new ByteArrayInputStream(tsv), UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          var cells = line.split("\t", -1);
          sum += Long.parseLong(cells[9]) + Long.parseLong(cells[13]) + Long.parseLong(cells[14]);
        }
      }
    }
    return sum;
  }
}
