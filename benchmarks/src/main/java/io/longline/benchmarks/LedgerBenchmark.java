package io.longline.benchmarks;

import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds a directory: a ledger in memory, two hooks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(LedgerBenchmark.GROUP)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LedgerBenchmark {

  static final int GROUP = 16;

  private static final List<String> HOOKS = List.of("a/A", "b/B");
  private static final List<FileStamp> FILES =
      List.of(
          new FileStamp("conn.log", 123_456, 1_700_000_000_000L),
          new FileStamp("http.log", 3_456, 1_700_000_000_000L));

  private @Nullable Opened opened;
  private long made;

  private record Opened(Ledger ledger, HostLedger host) {}

  /** Opens the ledger. */
  @Setup(Level.Iteration)
  public void open() throws IOException {
    var ledger = SqlLedger.open(LedgerLocation.inMemory(), LedgerClock.of(Clock.systemUTC()));
    var host =
        ledger.host(
            HostIdentity.ofThisProcess("benchmark", "benchmark"),
            Duration.ofHours(1),
            new RetryPolicy(3, Duration.ofSeconds(1)),
            warning -> "");
    host.register(
        HOOKS.stream().map(id -> new HostLedger.Installed(id, id, "1")).toList(),
        Set.copyOf(HOOKS),
        "");
    opened = new Opened(ledger, host);
  }

  /** Forgets it. */
  @TearDown(Level.Iteration)
  public void close() {
    Objects.requireNonNull(opened).ledger().close();
  }

  /** Accepted, claimed, recorded. */
  @Benchmark
  public int throughTheLedger() throws IOException {
    var current = Objects.requireNonNull(opened);
    for (int i = 0; i < GROUP; i++) {
      current
          .ledger()
          .batches()
          .accept(Path.of("/traces/trace-" + ++made), FILES, BatchLedger.Mode.NEW_FILES);
    }
    var outcomes = new ArrayList<Outcome>();
    for (var claim : current.host().claim(GROUP)) {
      for (int i = 0; i < HOOKS.size(); i++) {
        boolean isLast = i == HOOKS.size() - 1;
        outcomes.add(
            new Outcome(
                claim, HOOKS.get(i), "1", new Ending.Succeeded(Duration.ofMillis(1)), isLast));
      }
    }
    return current.host().record(outcomes, List.of()).size();
  }
}
