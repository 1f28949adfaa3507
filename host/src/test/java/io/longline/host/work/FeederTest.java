package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.HookWarning;
import io.longline.api.LogHook;
import io.longline.api.Site;
import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.TestClaims;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.ledger.sql.StatementFaults;
import io.longline.host.plugins.CalledHook;
import io.longline.host.testing.ManualClock;
import io.longline.host.testing.TestHooks;
import io.longline.host.work.Feeder.Next;
import io.longline.host.work.Feeder.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeederTest {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 3;
  private static final int FULL_LANE = 1_000;

  private final ManualClock clock = new ManualClock("2026-11-24T10:00:00Z");
  private final AtomicLong nanos = new AtomicLong(1);
  private Ledger ledger;
  private HostLedger host;
  private Dispatcher dispatcher;
  private OpenClaims claims;
  private Feeder feeder;

  @BeforeEach
  void open() throws Exception {
    ledger = SqlLedger.open(LedgerLocation.inMemory(), LedgerClock.of(clock));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  /** Begins with hooks of these ids, and lanes that are hungry with fewer batches than this. */
  private void begin(int lowWater, int claimSize, String... hooks) throws Exception {
    begin("", lowWater, claimSize, hooks);
  }

  private void begin(String before, int lowWater, int claimSize, String... hooks) throws Exception {
    host = host("this", before, hooks);
    dispatcher = new Dispatcher(Stream.of(hooks).map(FeederTest::hook).toList(), 1, lowWater);
    claims = new OpenClaims(dispatcher::wake);
    var lease = new HostLease(host, claims, KEEP_ALIVE, nanos::get, List::of);
    feeder = new Feeder(host, dispatcher, claims, lease, claimSize, Duration.ZERO, nanos::get);
  }

  private HostLedger host(String id, String before, String... hooks) throws LedgerException {
    var made =
        ledger.host(
            new HostIdentity(id, "elsewhere", 1, 1, "/out"),
            LEASE,
            new RetryPolicy(ATTEMPTS, Duration.ofSeconds(10)),
            HookWarning::message);
    made.register(
        Stream.of(hooks).map(hook -> new HostLedger.Installed(hook, "p", "1.0")).toList(),
        Set.of(hooks),
        before);
    return made;
  }

  private static CalledHook hook(String id) {
    LogHook nothing = (logs, context) -> {};
    return TestHooks.called(id, 1, nothing);
  }

  private void accept(String... names) throws Exception {
    for (var name : names) {
      ledger
          .batches()
          .accept(Path.of("/logs", name), List.of(new FileStamp("conn.log", 1, 1)), Mode.NEW_FILES);
    }
  }

  /** Leaves suspect batches behind: of a host that died while it had claimed them. */
  private void acceptSuspects(String... names) throws Exception {
    var dead = host("dead", "", "p/A");
    accept(names);
    assertThat(dead.claim(names.length)).hasSize(names.length);
  }

  /** Makes the next call, which ends like this, and is the last of its claim. */
  private void call(boolean succeeds) throws Exception {
    var assignment = dispatcher.take();
    var claim = assignment.claim();
    var took = Duration.ofMillis(5);
    var ending =
        succeeds
            ? new Ending.Succeeded(took)
            : new Ending.Failed(failure(claim), Ending.Blame.HOOK, took);
    host.record(List.of(new Outcome(claim, "p/A", "1.0", ending, true)), List.of());
    dispatcher.end(assignment);
    claims.close(claim);
  }

  private static HookWarning failure(Claim claim) {
    return new HookWarning(
        Instant.EPOCH,
        "p",
        "1.0",
        "p/A",
        Site.HOOK,
        claim.batch().directory(),
        1,
        HookWarning.Kind.FAILED,
        "java.lang.Error",
        "broken",
        "",
        "");
  }

  @Test
  void batchesAreClaimedWhileALaneIsHungryAndNotWhenItIsFull() throws Exception {
    begin(1, 1, "p/A");
    accept("1", "2");
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(claims.batches()).hasSize(1);
    assertThat(feeder.step()).as("the lane is full").isEqualTo(Next.AWAIT_NEED);
    assertThat(claims.batches()).hasSize(1);
    assertThat(dispatcher.take().directory()).isEqualTo(Path.of("/logs/1"));
    assertThat(feeder.step()).as("the lane is hungry again").isEqualTo(Next.CONTINUE);
    assertThat(dispatcher.busy(1)).as("the second batch waits").containsExactly("p/A");
  }

  @Test
  void nothingDueIsWaitedForAsNews() throws Exception {
    begin(1, 1, "p/A");
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    accept("1");
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
  }

  @Test
  void asManyBatchesAreClaimedAtOnceAsWasSaid() throws Exception {
    begin(9, 2, "p/A");
    accept("1", "2", "3");
    feeder.step();
    assertThat(claims.batches()).hasSize(2);
  }

  @Test
  void aHookWhoseLaneIsMoreThanFullGetsNothingWhileTheOthersContinue() throws Exception {
    begin(1, 1, "p/A", "p/B");
    for (int i = 0; i < FULL_LANE; i++) {
      dispatcher.offer(TestClaims.of(10_000 + i, Path.of("/logs/early"), "p/A"));
    }
    accept("1");
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    var taken = dispatcher.take();
    assertThat(taken.hookIds()).containsExactly("p/B");
    assertThat(taken.claim().attempts()).containsOnlyKeys("p/B");
  }

  @Test
  void aSuspectBatchRunsAloneAndTheOthersWaitForItsEnd() throws Exception {
    acceptSuspects("suspect");
    begin("dead", 2, 8, "p/A");
    accept("other");
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(claims.batches()).hasSize(1);
    assertThat(feeder.step()).as("the other one waits").isEqualTo(Next.AWAIT_NEWS);
    assertThat(claims.batches()).hasSize(1);
    call(true);
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(dispatcher.take().directory()).isEqualTo(Path.of("/logs/other"));
  }

  @Test
  void aSuspectBatchWaitsUntilTheClaimsThatAreOpenHaveEnded() throws Exception {
    acceptSuspects("suspect");
    begin("dead", 2, 8, "p/A");
    var open = TestClaims.of(9, Path.of("/logs/open"), "p/A");
    claims.open(List.of(open));
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    claims.close(open);
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(dispatcher.take().directory()).isEqualTo(Path.of("/logs/suspect"));
  }

  @Test
  void aSuspectBatchWaitsNoLongerThanAMinuteForOpenClaims() throws Exception {
    acceptSuspects("suspect");
    begin("dead", 2, 8, "p/A");
    claims.open(List.of(TestClaims.of(9, Path.of("/logs/open"), "p/A")));
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    nanos.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    nanos.addAndGet(1);
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(dispatcher.take().directory()).isEqualTo(Path.of("/logs/suspect"));
  }

  @Test
  void theOthersWaitNoLongerThanAMinuteForASuspectBatchThatHangs() throws Exception {
    acceptSuspects("suspect");
    begin("dead", 2, 8, "p/A");
    accept("other");
    feeder.step();
    assertThat(dispatcher.take().directory()).isEqualTo(Path.of("/logs/suspect"));
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    nanos.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    nanos.addAndGet(1);
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(claims.batches()).hasSize(2);
  }

  @Test
  void ofTwoSuspectBatchesTheSecondWaitsForTheFirst() throws Exception {
    acceptSuspects("first", "second");
    begin("dead", 9, 8, "p/A");
    feeder.step();
    assertThat(claims.batches()).hasSize(1);
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    call(true);
    feeder.step();
    assertThat(dispatcher.take().directory()).isEqualTo(Path.of("/logs/second"));
  }

  @Test
  void withoutALimitTheFeederNeverEnds() throws Exception {
    begin(1, 1, "p/A");
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    clock.advance(Duration.ofDays(9));
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
  }

  @Test
  void drainingEndsOnlyWhenEveryClaimIsClosed() throws Exception {
    begin(2, 8, "p/A");
    accept("1");
    feeder.drain(Until.NOTHING_DUE, false);
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    call(true);
    assertThat(feeder.step()).isEqualTo(Next.END);
  }

  @Test
  void whatIsTriedAgainLaterIsWaitedForOnlyUntilNothingIsLeft() throws Exception {
    begin(2, 8, "p/A");
    accept("1");
    feeder.step();
    call(false);
    feeder.drain(Until.NOTHING_LEFT, false);
    assertThat(feeder.step()).as("the retry is left").isEqualTo(Next.AWAIT_NEWS);
    feeder.drain(Until.NOTHING_DUE, false);
    assertThat(feeder.step()).as("the retry is not due").isEqualTo(Next.END);
    feeder.drain(Until.NOTHING_LEFT, false);
    clock.advance(Duration.ofMinutes(1));
    assertThat(feeder.step()).as("the retry is due").isEqualTo(Next.CONTINUE);
    call(true);
    assertThat(feeder.step()).isEqualTo(Next.END);
  }

  @Test
  void withoutHooksNothingIsClaimedAndDrainingEndsAtOnce() throws Exception {
    begin(1, 1);
    accept("1");
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    feeder.drain(Until.NOTHING_LEFT, false);
    assertThat(feeder.step()).isEqualTo(Next.END);
    assertThat(claims.isEmpty()).isTrue();
  }

  @Test
  void aClaimWhoseAnswerWasLostIsMadeAgainAfterTheFailure() throws Exception {
    begin(1, 8, "p/A");
    accept("1");
    assertThat(host.claim(8)).as("claimed, but the feeder has not heard of it").hasSize(1);
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
    feeder.guarded(
        () -> {
          throw new LedgerException("The answer was lost.");
        });
    assertThat(feeder.step()).isEqualTo(Next.CONTINUE);
    assertThat(dispatcher.take().directory()).isEqualTo(Path.of("/logs/1"));
  }

  @Test
  void workThatDoesNotFailLeavesTheLeaseAsItIs() throws Exception {
    begin(1, 8, "p/A");
    accept("1");
    host.claim(8);
    feeder.guarded(() -> {});
    assertThat(feeder.step()).isEqualTo(Next.AWAIT_NEWS);
  }

  @Test
  void whicheverStatementOfAStepFailsTheBatchIsClaimedByTheNextSteps() throws Exception {
    int failures = 0;
    boolean isThere = true;
    for (int failing = 1; isThere; failing++) {
      ledger.close();
      var faults = new StatementFaults(failing, true);
      try {
        ledger = faults.open(LedgerLocation.inMemory(), LedgerClock.of(clock));
        begin(1, 8, "p/A");
        accept("1");
      } catch (LedgerException e) {
        // It fails before the first step, which is not what this is about.
        continue;
      }
      boolean failedBefore = faults.hasFailed();
      feeder.guarded(() -> feeder.step());
      feeder.guarded(() -> feeder.step());
      assertThat(dispatcher.busy(1)).as("statement " + failing).containsExactly("p/A");
      isThere = faults.hasFailed();
      failures += isThere && !failedBefore ? 1 : 0;
    }
    assertThat(failures).as("how many statements of steps have failed").isGreaterThan(3);
  }

  @Test
  void aLedgerThatIsClosedFailsTheStep() throws Exception {
    begin(1, 8, "p/A");
    ledger.close();
    assertThatThrownBy(() -> feeder.step()).isInstanceOf(LedgerException.class);
  }
}
