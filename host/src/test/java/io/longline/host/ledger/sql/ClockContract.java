package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.api.Windows;
import io.longline.host.event.Ending;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.Claim;
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
import io.longline.host.output.StoredPart;
import io.longline.host.window.Section;
import io.longline.host.window.WindowRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a ledger promises when its clock is set, forwards or back, at every state of a batch: what
 * is ready is taken, and nothing waits for longer than was meant.
 */
abstract class ClockContract {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final List<FileStamp> LOGS = List.of(new FileStamp("conn.log", 100, 1_000));

  /** The clock's time minus the true time. */
  private final AtomicLong shift = new AtomicLong();

  /** The time that has passed, whatever the clock says. */
  private final AtomicLong passedNanos = new AtomicLong();

  private final List<Ledger> open = new ArrayList<>();
  private int hosts;

  /** Where an empty ledger is. */
  abstract LedgerLocation location() throws Exception;

  @BeforeEach
  void start() throws Exception {
    opened();
  }

  @AfterEach
  void closeLedgers() {
    open.forEach(Ledger::close);
  }

  private Ledger opened() throws Exception {
    var ledger =
        SqlLedger.open(
            location(), new LedgerClock(Clock.systemUTC(), shift::get, passedNanos::get));
    open.add(ledger);
    return ledger;
  }

  private HostLedger host(String before) throws Exception {
    var host =
        opened()
            .host(
                new HostIdentity("host-" + ++hosts, "here", 1, 1, "/out/" + hosts),
                LEASE,
                new RetryPolicy(3, RETRY),
                new PausePolicy(1, Duration.ofMinutes(1)),
                HookWarning::message);
    host.register(List.of(new HostLedger.Installed("p/A", "p", "1")), Set.of("p/A"), before);
    return host;
  }

  private void enqueue(String directory) throws Exception {
    open.get(0).batches().accept(Path.of(directory), LOGS, Mode.NEW_FILES);
  }

  private void pass(Duration time) {
    shift.addAndGet(time.toMillis());
    passedNanos.addAndGet(time.toNanos());
  }

  private void set(int hours) {
    shift.addAndGet(Duration.ofHours(hours).toMillis());
  }

  /** What a host takes when it looks whether something is due, as its feeder does. */
  private static List<Claim> take(HostLedger host) throws Exception {
    if (host.nextDue() > 0) {
      return List.of();
    }
    return host.isSuspectDue() ? host.claimSuspect() : host.claim(10);
  }

  private static void end(HostLedger host, Claim claim, Ending ending) throws Exception {
    host.record(List.of(new Outcome(claim, "p/A", "1", ending, true)), List.of());
  }

  private static Ending succeeded() {
    return new Ending.Succeeded(Duration.ofMillis(1));
  }

  private static Ending failed(Ending.Blame blame) {
    var warning =
        new HookWarning(
            Instant.EPOCH,
            "p",
            "1",
            "p/A",
            Site.HOOK,
            Path.of("/logs/a"),
            1,
            HookWarning.Kind.FAILED,
            "java.lang.Error",
            "broken",
            "",
            "");
    return new Ending.Failed(warning, blame, Duration.ofMillis(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24, -100_000, 100_000})
  void aBatchThatWasAcceptedBeforeTheClockWasSetIsTaken(int hours) throws Exception {
    enqueue("/logs/a");
    set(hours);
    var host = host("");
    enqueue("/logs/b");
    assertThat(take(host)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void aBatchThatIsAcceptedWhileAHostRunsIsTakenThoughTheClockWasSet(int hours) throws Exception {
    var host = host("");
    enqueue("/logs/a");
    assertThat(host.nextDue()).isLessThanOrEqualTo(0);
    set(hours);
    assertThat(take(host)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void theBatchesOfAKilledHostAreTakenByItsSuccessorThoughTheClockWasSet(int hours)
      throws Exception {
    var killed = host("");
    enqueue("/logs/a");
    assertThat(take(killed)).hasSize(1);
    set(hours);
    assertThat(take(host(killed.host().id()))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void theBatchesOfAHostThatGivesNoSignOfLifeAreTakenAfterTheLengthOfItsLease(int hours)
      throws Exception {
    var silent = host("");
    enqueue("/logs/a");
    assertThat(take(silent)).hasSize(1);
    set(hours);
    var other = host("");
    other.keepAlive(List.of());
    pass(LEASE.plusSeconds(1));
    other.keepAlive(List.of());
    assertThat(take(other)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -24})
  void aHostThatGivesSignsOfLifeKeepsItsBatchesThoughTheClockWasSetBack(int hours)
      throws Exception {
    var host = host("");
    var other = host("");
    enqueue("/logs/a");
    var claim = take(host).get(0);
    for (int i = 0; i < 5; i++) {
      set(hours);
      pass(LEASE.dividedBy(2));
      host.keepAlive(List.of(claim.batch().number()));
      other.keepAlive(List.of());
    }
    assertThat(take(other)).isEmpty();
    end(host, claim, succeeded());
    assertThat(open.get(0).view().count(BatchState.DONE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void aCallThatFailedIsTriedAgainAfterNoMoreThanItsDelay(int hours) throws Exception {
    var host = host("");
    enqueue("/logs/a");
    end(host, take(host).get(0), failed(Ending.Blame.HOST));
    assertThat(take(host)).as("at once").isEmpty();
    set(hours);
    pass(RETRY.multipliedBy(2));
    host.keepAlive(List.of());
    assertThat(take(host)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void aFailureThatIsRecordedAfterTheClockWasSetIsTriedAgainAfterItWasSetBack(int hours)
      throws Exception {
    var host = host("");
    enqueue("/logs/a");
    var claim = take(host).get(0);
    set(hours);
    end(host, claim, failed(Ending.Blame.HOST));
    set(-hours);
    pass(RETRY.multipliedBy(2));
    host.keepAlive(List.of());
    assertThat(take(host)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void aPausedHookIsTriedAfterNoMoreThanItsPause(int hours) throws Exception {
    var host = host("");
    enqueue("/logs/a");
    end(host, take(host).get(0), failed(Ending.Blame.HOOK));
    set(hours);
    pass(Duration.ofMinutes(2));
    host.keepAlive(List.of());
    host.refreshPauses();
    assertThat(take(host)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void aReplayedBatchAndADeadLetterAreTakenThoughTheClockWasSet(int hours) throws Exception {
    var host = host("");
    enqueue("/logs/a");
    end(host, take(host).get(0), succeeded());
    enqueue("/logs/b");
    end(host, take(host).get(0), failed(Ending.Blame.HOOK_FOR_GOOD));
    open.get(0).plugins().resume("p");
    host.refreshPauses();
    open.get(0).batches().replay("p/A", 0, List.of(Path.of("/logs/a")), true);
    open.get(0).batches().replayDead(null, null);
    set(hours);
    assertThat(take(host)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -24, 24})
  void aParkedBatchIsTakenByAHostWithItsHookThoughTheClockWasSet(int hours) throws Exception {
    enqueue("/logs/a");
    var without =
        opened()
            .host(
                new HostIdentity("without", "here", 1, 1, "/out"),
                LEASE,
                RetryPolicy.DEFAULT,
                HookWarning::message);
    without.register(
        List.of(
            new HostLedger.Installed("p/A", "p", "1"), new HostLedger.Installed("p/B", "p", "1")),
        Set.of("p/B"),
        "");
    var claim = take(without).get(0);
    without.record(List.of(new Outcome(claim, "p/B", "1", succeeded(), true)), List.of());
    assertThat(open.get(0).view().count(BatchState.PARKED)).isEqualTo(1);
    set(hours);
    assertThat(take(host(""))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -24, -100_000})
  void windowsAreClosedWhenNoFactHasComeForAWhileAndNotSinceTheClockWasSetBack(int hours)
      throws Exception {
    var idle = Duration.ofHours(1);
    var host = host("");
    var windows = new WindowRules(List.of(Windows.wholeRun()), 1);
    host.register(List.of(new HostLedger.Installed("p/A", "p", "1", windows)), Set.of("p/A"), "");
    enqueue("/logs/a");
    var section = new Section(Long.MIN_VALUE, 0, 10, 1, 5, 5, 0);
    var part = new StoredPart("x-1.parts", 0, 10, List.of(section));
    var claim = take(host).get(0);
    host.record(
        List.of(new Outcome(claim, "p/A", "1", succeeded(), true, windows, part, List.of())),
        List.of());
    assertThat(host.closeWindows(idle.toMillis())).isZero();
    set(hours);
    assertThat(host.closeWindows(idle.toMillis())).as("at once").isZero();
    pass(idle.plusSeconds(1));
    assertThat(host.closeWindows(idle.toMillis())).isOne();
    assertThat(take(host)).hasSize(1);
  }

  @Test
  void theStatusShowsWhatWaitsUntilWhen() throws Exception {
    var host = host("");
    enqueue("/logs/a");
    enqueue("/logs/b");
    end(host, take(host).get(0), failed(Ending.Blame.HOST));
    var later = open.get(0).view().status().later();
    assertThat(later.count()).isEqualTo(1);
    assertThat(later.firstMillis()).isBetween(1L, RETRY.toMillis() * 2);
    assertThat(later.lastMillis()).isEqualTo(later.firstMillis());
    set(-1);
    assertThat(open.get(0).view().status().later().count()).isZero();
  }

  @Test
  void nothingThatIsShownIsNegative() throws Exception {
    var host = host("");
    enqueue("/logs/a");
    take(host);
    host.show(List.of(new RunningCall("p/A", Path.of("/logs/a"), Duration.ofSeconds(2))));
    enqueue("/logs/b");
    set(-2);
    var status = open.get(0).view().status();
    assertThat(status.hosts().get(0).running().get(0).age()).isEqualTo(Duration.ZERO);
    assertThat(status.backlogMillis()).isZero();
  }
}
