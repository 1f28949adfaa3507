package io.longline.benchmarks;

import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.FoundLog;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Measures the directories per second that go through a ledger with two hooks, when it is new and
 * when it is deep. Run as a program: {@code FOLDER|none|URL DEPTH}.
 */
public final class LedgerThroughput {

  private static final int GROUP = 256;
  private static final int CLAIM = 16;
  private static final int MEASURED = 5_000;
  private static final List<String> HOOKS = List.of("a/A", "b/B");
  private static final List<FileStamp> FILES =
      List.of(
          new FileStamp("conn.log", 123_456, 1_700_000_000_000L),
          new FileStamp("files.log", 23_456, 1_700_000_000_000L),
          new FileStamp("http.log", 3_456, 1_700_000_000_000L));

  private final Ledger ledger;
  private final HostLedger host;
  private int made;

  private LedgerThroughput(Ledger ledger, HostLedger host) {
    this.ledger = ledger;
    this.host = host;
  }

  /** Takes the place of the ledger and its final number of batches. */
  public static void main(String[] args) throws IOException {
    var location =
        args[0].equals("none")
            ? LedgerLocation.inMemory()
            : args[0].startsWith("jdbc:")
                ? LedgerLocation.at(args[0])
                : LedgerLocation.in(Path.of(args[0]));
    int depth = Integer.parseInt(args[1]);
    try (var ledger = SqlLedger.open(location, LedgerClock.of(Clock.systemUTC()))) {
      var host =
          ledger.host(
              HostIdentity.ofThisProcess(UUID.randomUUID().toString(), "benchmark"),
              Duration.ofMinutes(10),
              new RetryPolicy(3, Duration.ofSeconds(1)),
              warning -> "");
      host.register(
          HOOKS.stream().map(id -> new HostLedger.Installed(id, id, "1")).toList(),
          Set.copyOf(HOOKS),
          "");
      var benchmark = new LedgerThroughput(ledger, host);
      benchmark.measure("new");
      while (benchmark.made < depth) {
        benchmark.enqueue(GROUP * 16);
        benchmark.work(GROUP * 16);
      }
      if (depth > MEASURED) {
        benchmark.measure("at " + benchmark.made);
        benchmark.prune();
        benchmark.measure("pruned");
      }
    }
  }

  private void measure(String when) throws IOException {
    time(when + ": enqueued one by one", 500, this::enqueueEach);
    time(when + ": enqueued 256 at a time", MEASURED, this::enqueue);
    time(when + ": claimed and recorded", MEASURED + 500, this::work);
    long start = System.nanoTime();
    ledger.view().status();
    System.out.printf(
        Locale.ROOT, "%-36s %8.1f ms%n", when + ": status", (System.nanoTime() - start) / 1e6);
  }

  /** As for directories that are all still there, which is the least that can be removed. */
  private void prune() throws IOException {
    System.out.printf(Locale.ROOT, "%-36s %8.1f MB%n", "size", megabytes());
    long start = System.nanoTime();
    var pruned = ledger.pruning().prune(0, directory -> false);
    System.out.printf(
        Locale.ROOT,
        "%-36s %8.1f s%n",
        "pruning " + pruned.settled() + " batches",
        (System.nanoTime() - start) / 1e9);
    start = System.nanoTime();
    ledger.pruning().compact();
    System.out.printf(
        Locale.ROOT, "%-36s %8.1f s%n", "compacting", (System.nanoTime() - start) / 1e9);
    System.out.printf(Locale.ROOT, "%-36s %8.1f MB%n", "size", megabytes());
  }

  private double megabytes() throws IOException {
    var folder = ledger.location().folder();
    if (folder == null) {
      return Double.NaN;
    }
    try (var files = Files.list(folder)) {
      return files
              .filter(file -> file.getFileName().toString().startsWith("ledger.db"))
              .mapToLong(file -> file.toFile().length())
              .sum()
          / 1e6;
    }
  }

  private interface Step {
    void make(int count) throws IOException;
  }

  private static void time(String what, int count, Step step) throws IOException {
    long start = System.nanoTime();
    step.make(count);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%-36s %8.0f a second%n", what, count / seconds);
  }

  private void enqueueEach(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      ledger.batches().accept(next(), FILES, BatchLedger.Mode.NEW_FILES);
    }
  }

  private void enqueue(int count) throws IOException {
    for (int left = count; left > 0; left -= GROUP) {
      Map<Path, List<FoundLog>> group = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(left, GROUP); i++) {
        group.put(next(), FoundLog.of(FILES));
      }
      ledger.batches().acceptAll(group, BatchLedger.Mode.NEW_FILES);
    }
  }

  private Path next() {
    made++;
    return Path.of("/var/log/zeek/traces/trace-" + made);
  }

  /** As the host does when calls take no time: a claim's outcomes end together. */
  private void work(int count) throws IOException {
    for (int left = count; left > 0; ) {
      var outcomes = new ArrayList<Outcome>();
      var claims = host.claim(CLAIM);
      for (var claim : claims) {
        outcomes.add(outcome(claim, HOOKS.get(0), false));
        outcomes.add(outcome(claim, HOOKS.get(1), true));
      }
      host.record(outcomes, List.of());
      left -= claims.size();
      if (claims.isEmpty()) {
        return;
      }
    }
  }

  private static Outcome outcome(Claim claim, String hook, boolean isLast) {
    return new Outcome(claim, hook, "1", new Ending.Succeeded(Duration.ofMillis(1)), isLast);
  }
}
