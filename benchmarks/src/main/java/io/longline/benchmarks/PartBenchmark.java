package io.longline.benchmarks;

import io.longline.api.Combiner;
import io.longline.api.Part;
import io.longline.api.Windows;
import io.longline.api.internal.Panes;
import io.longline.host.window.FactSorter;
import io.longline.host.window.MergedWindow;
import io.longline.host.window.PartFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a fact: put into a part that is sorted and written, and merged from parts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(PartBenchmark.FACTS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartBenchmark {

  static final int FACTS = 20_000;

  private static final int PARTS = 40;
  private static final long HOUR = TimeUnit.HOURS.toMicros(1);

  private final String[] addresses = new String[FACTS];
  private final long[] times = new long[FACTS];
  private final List<PartFile> parts = new ArrayList<>();
  private Path folder = Path.of("");

  /** A value as a hook that adds up traffic has it. */
  record Sum(long connections, long sent, long received) {
    Sum plus(Sum other) {
      return new Sum(connections + other.connections, sent + other.sent, received + other.received);
    }
  }

  /** Makes facts of 2,000 addresses, and parts that have them together. */
  @Setup
  public void make() throws IOException {
    folder = Files.createTempDirectory("parts");
    var random = new Random(1);
    for (int i = 0; i < FACTS; i++) {
      int address = random.nextInt(2_000);
      addresses[i] = "10.0." + address / 250 + "." + address % 250;
      times[i] = Math.floorMod(random.nextLong(), HOUR);
    }
    for (int part = 0; part < PARTS; part++) {
      var sorter = sorter(null);
      for (int i = part; i < FACTS; i += PARTS) {
        sorter.put(times[i], addresses[i], new Sum(1, i, i));
      }
      var file = folder.resolve("part-" + part);
      try (var out = Files.newOutputStream(file)) {
        sorter.finish(out);
      }
      parts.add(new PartFile(file, 0, Files.size(file), "a directory"));
    }
  }

  /** Removes the files. */
  @TearDown
  public void remove() throws IOException {
    for (var part : parts) {
      Files.delete(part.file());
    }
    Files.delete(folder);
  }

  private FactSorter sorter(@Nullable Combiner combiner) {
    return new FactSorter(
        folder, new Panes(List.of(Windows.days(ZoneOffset.UTC), Windows.wholeRun())), combiner);
  }

  private boolean put(FactSorter sorter) throws IOException {
    Part part = sorter;
    for (int i = 0; i < FACTS; i++) {
      part.put(times[i], addresses[i], new Sum(1, i, i));
    }
    return sorter.finish(OutputStream.nullOutputStream());
  }

  /** Each fact is kept. */
  @Benchmark
  public boolean put() throws IOException {
    return put(sorter(null));
  }

  /** One fact for each address is kept. */
  @Benchmark
  public boolean putAndCombine() throws IOException {
    return put(sorter(Combiner.of(Sum.class, Sum::plus)));
  }

  /** Reads the facts of forty parts, in order. */
  @Benchmark
  public long merge() throws IOException {
    long sum = 0;
    try (var facts = MergedWindow.open(parts, Long.MIN_VALUE, Long.MAX_VALUE, folder)) {
      while (facts.nextKey()) {
        while (facts.next()) {
          sum += facts.value(Sum.class).sent();
        }
      }
    }
    return sum;
  }
}
