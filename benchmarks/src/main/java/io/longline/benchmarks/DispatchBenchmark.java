package io.longline.benchmarks;

import io.longline.api.LogHook;
import io.longline.api.Site;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.HookOptions;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.RecordSettings;
import io.longline.host.work.Dispatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a directory: put into the lanes of its hooks, taken out and ended, by one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DispatchBenchmark.BATCHES)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class DispatchBenchmark {

  static final int BATCHES = 256;

  /** The number of hooks. */
  @Param({"2", "8"})
  public int hooks = 2;

  private List<CalledHook> installed = List.of();
  private List<Claim> claims = List.of();

  /** Lets a ledger make the claims. */
  @Setup
  public void claim() throws IOException {
    LogHook nothing = (logs, context) -> {};
    installed =
        IntStream.range(0, hooks)
            .mapToObj(
                i ->
                    new CalledHook(
                        InstalledHook.inHost(
                            new HookDescription(
                                "p/Hook" + i, "p", "1", Set.of(Site.HOOK), 1, null, List.of()),
                            nothing,
                            ClassLoader.getSystemClassLoader(),
                            RecordSettings.none()),
                        HookOptions.DEFAULT))
            .toList();
    var ids = installed.stream().map(CalledHook::id).collect(Collectors.toSet());
    try (var ledger =
        SqlLedger.open(LedgerLocation.inMemory(), LedgerClock.of(Clock.systemUTC()))) {
      var host =
          ledger.host(
              HostIdentity.ofThisProcess("benchmark", "benchmark"),
              Duration.ofHours(1),
              new RetryPolicy(3, Duration.ofSeconds(1)),
              warning -> "");
      host.register(
          ids.stream().map(id -> new HostLedger.Installed(id, "p", "1")).toList(), ids, "");
      var files = List.of(new FileStamp("conn.log", 1, 1));
      for (int i = 0; i < BATCHES; i++) {
        ledger.batches().accept(Path.of("/traces/" + i), files, BatchLedger.Mode.NEW_FILES);
      }
      claims = host.claim(BATCHES);
    }
  }

  /** Offered, taken, ended. */
  @Benchmark
  public int throughTheLanes() throws InterruptedException {
    var dispatcher = new Dispatcher(installed, hooks, 1);
    claims.forEach(dispatcher::offer);
    dispatcher.end();
    int taken = 0;
    for (var next = dispatcher.take(); next != null; next = dispatcher.take()) {
      taken += next.hooks().size();
      dispatcher.end(next);
    }
    if (taken != BATCHES * hooks) {
      throw new IllegalStateException(taken + " calls of " + BATCHES + " batches");
    }
    return taken;
  }
}
