package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.RunningCall;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostLeaseTest {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(20);
  private static final Path DIRECTORY = Path.of("/logs/1");

  private final ManualClock clock = new ManualClock("2026-11-24T10:00:00Z");
  private final AtomicLong nanos = new AtomicLong(1);
  private final List<RunningCall> running = new CopyOnWriteArrayList<>();
  private final OpenClaims claims = new OpenClaims(() -> {});
  private Ledger ledger;
  private HostLedger host;
  private HostLease lease;

  @BeforeEach
  void open() throws Exception {
    ledger = SqlLedger.open(LedgerLocation.inMemory(), LedgerClock.of(clock));
    host =
        ledger.host(
            new HostIdentity("this", "elsewhere", 1, 1, "/out"),
            LEASE,
            new RetryPolicy(9, Duration.ZERO),
            new PausePolicy(1, Duration.ofMinutes(1)),
            HookWarning::message);
    host.register(List.of(new HostLedger.Installed("p/A", "p", "1.0")), Set.of("p/A"), "");
    lease = new HostLease(host, claims, INTERVAL, nanos::get, () -> running);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  private long leaseMillis() throws Exception {
    return ledger.view().status().hosts().get(0).leaseMillis();
  }

  private List<RunningCall> shown() throws Exception {
    return ledger.view().status().hosts().get(0).running();
  }

  private void accept() throws Exception {
    ledger.batches().accept(DIRECTORY, List.of(new FileStamp("conn.log", 1, 1)), Mode.NEW_FILES);
  }

  @Test
  void theLeaseIsRenewedWhenTheIntervalIsOverAndNotBefore() throws Exception {
    pass(INTERVAL.minusMillis(1));
    lease.renew();
    assertThat(leaseMillis()).isEqualTo(LEASE.minus(INTERVAL).toMillis() + 1);
    pass(Duration.ofMillis(1));
    lease.renew();
    assertThat(leaseMillis()).isEqualTo(LEASE.toMillis());
    pass(INTERVAL.minusMillis(1));
    lease.renew();
    assertThat(leaseMillis()).isEqualTo(LEASE.minus(INTERVAL).toMillis() + 1);
  }

  @Test
  void aLeaseThatWasExpiredIsRenewedTheNextTime() throws Exception {
    pass(Duration.ofSeconds(5));
    lease.renew();
    assertThat(leaseMillis()).isEqualTo(LEASE.minusSeconds(5).toMillis());
    lease.expire();
    lease.renew();
    assertThat(leaseMillis()).isEqualTo(LEASE.toMillis());
  }

  @Test
  void renewingKeepsTheBatchesThatAreOpenAndFreesTheOthers() throws Exception {
    accept();
    var claimed = host.claim(1);
    claims.open(claimed);
    lease.expire();
    lease.renew();
    assertThat(host.claim(1)).as("it is still this host's").isEmpty();
    claims.close(claimed.get(0));
    lease.expire();
    lease.renew();
    assertThat(host.claim(1)).as("the ledger alone took it for this host's").hasSize(1);
  }

  @Test
  void callsAreShownOnceTheyHaveRunForASecond() throws Exception {
    running.add(new RunningCall("p/A", DIRECTORY, Duration.ofSeconds(1)));
    running.add(new RunningCall("p/Short", DIRECTORY, Duration.ofMillis(999)));
    pass(Duration.ofMillis(999));
    lease.renew();
    assertThat(shown()).as("the list is not due").isEmpty();
    pass(Duration.ofMillis(1));
    lease.renew();
    assertThat(shown()).extracting(RunningCall::hook).containsExactly("p/A");
    running.clear();
    pass(Duration.ofSeconds(1));
    lease.renew();
    assertThat(shown()).isEmpty();
  }

  @Test
  void renewingReportsThatAHookIsNotPausedAnyMore() throws Exception {
    accept();
    var claim = host.claim(1).get(0);
    var warning =
        new HookWarning(
            Instant.EPOCH,
            "p",
            "1.0",
            "p/A",
            Site.HOOK,
            DIRECTORY,
            1,
            HookWarning.Kind.FAILED,
            "java.lang.Error",
            "broken",
            "",
            "");
    var failed = new Ending.Failed(warning, Ending.Blame.HOOK, Duration.ZERO);
    host.record(List.of(new Outcome(claim, "p/A", "1.0", failed, true)), List.of());
    pass(Duration.ofSeconds(1));
    assertThat(lease.renew()).as("it is paused").isFalse();
    assertThat(ledger.plugins().resume("p/A")).isEqualTo(1);
    pass(Duration.ofMillis(999));
    assertThat(lease.renew()).as("pauses are not looked at yet").isFalse();
    pass(Duration.ofMillis(1));
    assertThat(lease.renew()).as("it was resumed").isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(lease.renew()).as("that was reported before").isFalse();
  }
}
