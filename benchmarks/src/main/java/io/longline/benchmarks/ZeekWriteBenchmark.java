package io.longline.benchmarks;

import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import io.longline.zeek.TsvFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
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

/** Nanoseconds a row: reading of a conn.log of 15 columns and writing of it again, by type. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ConnLog.ROWS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZeekWriteBenchmark {

  /** The format that is written. */
  @Param({"tsv", "json"})
  public String format = "tsv";

  private final byte[] log = ConnLog.tsv();

  /** Reads and writes all columns. */
  @Benchmark
  public long copy() throws IOException {
    try (var reader = LogReader.builder("conn.log", new ByteArrayInputStream(log)).open()) {
      var target =
          LogSchema.builder("conn").format(format.equals("tsv") ? TsvFormat.ZEEK : JsonFormat.ZEEK);
      reader.schema().fields().forEach(target::field);
      var writer = LogWriter.rowsTo(OutputStream.nullOutputStream(), target.build());
      for (var record = reader.next(); record != null; record = reader.next()) {
        var row = writer.row();
        for (int i = 0; i < record.size(); i++) {
          row.copy(record, i);
        }
        row.end();
      }
      writer.close();
      return reader.report().rows();
    }
  }
}
