package io.longline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.zeek.HostAccess;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import io.longline.zeek.RecordPart;
import io.longline.zeek.WantedField;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
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

/** Nanoseconds a row: eight users of a conn.log, on one reader or on eight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ConnLog.ROWS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScanFanOutBenchmark {

  /** The format. */
  @Param({"tsv", "json"})
  public String format = "tsv";

  private final byte[] tsv = ConnLog.tsv();
  private final byte[] json = ConnLog.json();

  /** The fields that a user wants, and its action for a row. */
  private record User(List<String> fields, ToLongFunction<LogRecord> use) {

    List<WantedField> wanted() {
      return fields.stream().map(WantedField::required).toList();
    }
  }

  private final List<User> users =
      List.of(
          new User(
              List.of("orig_bytes", "resp_bytes"), row -> row.integer(0, 0) + row.integer(1, 0)),
          new User(List.of("orig_pkts", "resp_pkts"), row -> row.integer(0, 0) + row.integer(1, 0)),
          new User(List.of("duration"), row -> row.isUnset(0) ? 0 : row.intervalMicros(0)),
          new User(List.of("id.resp_p"), row -> row.integer(0, 0)),
          new User(List.of("service"), row -> String.valueOf(row.string(0)).length()),
          new User(List.of("conn_state"), row -> String.valueOf(row.string(0)).hashCode()),
          new User(List.of("ts"), row -> row.timeMicros(0)),
          new User(List.of("id.orig_h", "id.resp_h"), row -> row.isUnset(0) ? 1 : 2));

  private LogReader open(List<String> fields) throws IOException {
    var log = format.equals("tsv") ? tsv : json;
    return LogReader.builder("conn.log", new ByteArrayInputStream(log)).fields(fields).open();
  }

  /** One reader, with a part of each row for each user. */
  @Benchmark
  public long shared() throws IOException {
    var union = new LinkedHashSet<String>();
    users.forEach(user -> union.addAll(user.fields()));
    long sum = 0;
    try (var reader = open(List.copyOf(union))) {
      var parts =
          users.stream()
              .map(user -> HostAccess.part(reader, user.wanted()))
              .toArray(RecordPart[]::new);
      for (var row = reader.next(); row != null; row = reader.next()) {
        for (int i = 0; i < parts.length; i++) {
          sum += users.get(i).use().applyAsLong(parts[i].of(row));
        }
      }
    }
    return sum;
  }

  /** A reader for each. */
  @Benchmark
  public long eachItsOwn() throws IOException {
    long sum = 0;
    for (var user : users) {
      try (var reader = open(user.fields())) {
        for (var row = reader.next(); row != null; row = reader.next()) {
          sum += user.use().applyAsLong(row);
        }
      }
    }
    return sum;
  }

  /** Checks that both give equal results. */
  public static void main(String[] args) throws IOException {
    var benchmark = new ScanFanOutBenchmark();
    for (var each : Arrays.asList("tsv", "json")) {
      benchmark.format = each;
      if (benchmark.shared() != benchmark.eachItsOwn()) {
        throw new IllegalStateException(each);
      }
    }
    System.out.write("the same\n".getBytes(UTF_8));
  }
}
