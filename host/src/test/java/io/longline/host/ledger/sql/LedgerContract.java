package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.event.Ending;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.BatchLedger.Kind;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallResult;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.FoundLog;
import io.longline.host.ledger.FoundLog.Likeness;
import io.longline.host.ledger.HookPause;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.HostLocks;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.LedgerView;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.PausePolicy;
import io.longline.host.ledger.PruneLedger;
import io.longline.host.ledger.RecordedCall;
import io.longline.host.ledger.RecordedLog;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.Roots;
import io.longline.host.ledger.RunningCall;
import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The promises of a ledger on any database. */
abstract class LedgerContract {

  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Path DIRECTORY = Path.of("/logs/trace-1");
  private static final FileStamp CONN = new FileStamp("conn.log", 100, 1_000);
  private static final FileStamp DNS = new FileStamp("dns%\r\n.log", 200, 2_000);

  private final AtomicLong shift = new AtomicLong();
  private final List<Ledger> open = new ArrayList<>();
  private Ledger ledger;
  private int hosts;

  /** A new connection to the same empty ledger. */
  abstract Database database(LedgerClock clock) throws Exception;

  abstract LedgerLocation location();

  @BeforeEach
  void openLedger() throws Exception {
    ledger = anotherLedger();
  }

  @AfterEach
  void closeLedgers() {
    open.forEach(Ledger::close);
  }

  /** A connection to the ledger, as another process has it. */
  private Ledger anotherLedger() throws Exception {
    var clock = new LedgerClock(Clock.systemUTC(), shift::get);
    var opened = SqlLedger.open(database(clock), location());
    open.add(opened);
    return opened;
  }

  private HostLedger host(int maxAttempts, String... hooks) throws Exception {
    return host("", maxAttempts, hooks);
  }

  private HostLedger host(String before, int maxAttempts, String... hooks) throws Exception {
    var identity = new HostIdentity("host-" + ++hosts, "elsewhere", 1, 1, "/out/" + hosts);
    var host =
        anotherLedger()
            .host(
                identity,
                LEASE,
                new RetryPolicy(maxAttempts, Duration.ofSeconds(10)),
                new PausePolicy(3, Duration.ofMinutes(1)),
                HookWarning::message);
    host.register(
        List.of(hooks).stream().map(id -> new HostLedger.Installed(id, "p", "1.0")).toList(),
        Set.of(hooks),
        before);
    return host;
  }

  private void pass(Duration time) {
    shift.addAndGet(time.toMillis());
  }

  private BatchLedger.Acceptance accept(FileStamp... logs) throws Exception {
    return ledger.batches().accept(DIRECTORY, List.of(logs), Mode.NEW_FILES);
  }

  private static RecordedCall end(
      HostLedger host, Claim claim, String hook, boolean succeeds, boolean endsClaim)
      throws Exception {
    var failure =
        succeeds
            ? null
            : new HookWarning(
                Instant.EPOCH,
                "p",
                "1.0",
                hook,
                Site.HOOK,
                claim.batch().directory(),
                1,
                HookWarning.Kind.FAILED,
                "java.lang.Error",
                "broken\0",
                "at x",
                "");
    var took = Duration.ofMillis(5);
    var ending =
        failure == null
            ? new Ending.Succeeded(took)
            : new Ending.Failed(failure, Ending.Blame.HOOK, took);
    var outcome = new Outcome(claim, hook, "1.0", ending, endsClaim);
    return host.record(List.of(outcome), List.of()).get(0);
  }

  /** The next claims of a host: a single call of a suspect batch, or else batches. */
  private static List<Claim> take(HostLedger host, int max) throws Exception {
    var suspect = host.claimSuspect();
    return suspect.isEmpty() ? host.claim(max) : suspect;
  }

  private String state(String hook) throws Exception {
    return ledger.view().calls(DIRECTORY).stream()
        .filter(run -> run.hook().equals(hook))
        .map(call -> call.state().sql())
        .findFirst()
        .orElse("none");
  }

  /** How directories become batches. */
  @Nested
  class Accepting {

    @Test
    void filesThatAreNotInABatchBecomeTheNextBatch() throws Exception {
      var host = host(1, "p/A");
      assertThat(accept(CONN).kind()).isEqualTo(Kind.NEW);
      assertThat(accept(CONN).kind()).isEqualTo(Kind.QUEUED);
      var first = take(host, 9).get(0);
      assertThat(end(host, first, "p/A", true, true).batch()).isEqualTo(BatchState.DONE);
      assertThat(accept(CONN).kind()).isEqualTo(Kind.KNOWN);
      assertThat(accept(CONN, DNS).generation()).isEqualTo(2);
      assertThat(take(host, 9))
          .singleElement()
          .extracting(c -> c.batch().generation())
          .isEqualTo(2);
      assertThat(ledger.batches().knownFiles(DIRECTORY)).containsOnly(CONN, DNS);
      var changed = accept(new FileStamp("conn.log", 101, 1_000), DNS);
      assertThat(changed.changed()).containsExactly("conn.log");
      assertThat(changed.generation()).isEqualTo(2);
    }

    @Test
    void keepsWhatIsKnownOfContents() throws Exception {
      var contents =
          List.of(
              LogContent.UNKNOWN,
              LogContent.NO_ROWS,
              new LogContent(LogContent.Extent.HEAD, 0, -1, 0),
              new LogContent(LogContent.Extent.LAST_MEMBER, 1L << 40, Long.MIN_VALUE, 0xFFFFFFFFL),
              new LogContent(LogContent.Extent.WHOLE, 17, 1, 0));
      var logs = new ArrayList<FoundLog>();
      for (var content : contents) {
        var file = new FileStamp("a b/" + logs.size() + ".log", 5, 1_000);
        logs.add(new FoundLog(new RecordedLog(file, content), Likeness.NEW, ""));
      }
      ledger.batches().acceptFound(DIRECTORY, logs, Mode.NEW_FILES);
      assertThat(ledger.batches().recordedLogs(DIRECTORY))
          .containsExactlyElementsOf(logs.stream().map(FoundLog::log).toList());
    }

    @Test
    void aLogUnderAnotherNameIsKnownAndInNoBatch() throws Exception {
      var content = new LogContent(LogContent.Extent.WHOLE, 17, 1, 2);
      var first = new FoundLog(new RecordedLog(CONN, content), Likeness.NEW, "");
      var packed = new FileStamp("conn.log.gz", 7, 2_000);
      var same = new FoundLog(new RecordedLog(packed, content), Likeness.SAME, CONN.name());
      var batches = ledger.batches();
      assertThat(batches.acceptFound(DIRECTORY, List.of(first), Mode.NEW_FILES).recognized())
          .isEmpty();
      var acceptance = batches.acceptFound(DIRECTORY, List.of(same), Mode.NEW_FILES);
      assertThat(acceptance.generation()).isEqualTo(1);
      assertThat(acceptance.recognized()).containsExactly(same);
      assertThat(batches.knownFiles(DIRECTORY)).containsOnly(CONN, packed);
      assertThat(batches.acceptFound(DIRECTORY, List.of(same), Mode.NEW_FILES).recognized())
          .isEmpty();
    }

    @Test
    void aNameWithOtherContentMakesABatch() throws Exception {
      var batches = ledger.batches();
      var content = new LogContent(LogContent.Extent.WHOLE, 17, 1, 2);
      var first = new FoundLog(new RecordedLog(CONN, content), Likeness.NEW, "");
      batches.acceptFound(DIRECTORY, List.of(first), Mode.NEW_FILES);
      var file = new FileStamp(CONN.name(), 18, 3_000);
      var other = new LogContent(LogContent.Extent.WHOLE, 18, 3, 4);
      var longer = new FoundLog(new RecordedLog(file, other), Likeness.LONGER, CONN.name());
      var grown = batches.acceptFound(DIRECTORY, List.of(longer), Mode.NEW_FILES);
      assertThat(grown.changed()).containsExactly(CONN.name());
      assertThat(grown.generation()).isEqualTo(1);
      var fresh = new FoundLog(new RecordedLog(file, other), Likeness.NEW, "");
      var replaced = batches.acceptFound(DIRECTORY, List.of(fresh), Mode.NEW_FILES);
      assertThat(replaced.changed()).isEmpty();
      assertThat(replaced.generation()).isEqualTo(2);
      assertThat(replaced.recognized()).containsExactly(fresh);
    }

    @Test
    void aBatchOwesTheHooksThatWereInstalledWhenItWasAccepted() throws Exception {
      host(1, "p/A").signOff();
      accept(CONN);
      var host = host(1, "p/A", "p/New");
      var claim = take(host, 1).get(0);
      assertThat(claim.attempts()).containsOnlyKeys("p/A");
      end(host, claim, "p/A", true, true);
      assertThat(accept(CONN).kind()).as("watch").isEqualTo(Kind.KNOWN);
      assertThat(ledger.batches().accept(DIRECTORY, List.of(CONN), Mode.NEW_HOOKS).kind())
          .isEqualTo(Kind.OWED);
      assertThat(take(host, 1).get(0).attempts()).containsOnlyKeys("p/New");
    }

    @Test
    void aBatchAcceptedBeforeAnyHookOwesTheHooksOfTheFirstHost() throws Exception {
      accept(CONN);
      assertThat(take(host(1, "p/A"), 1).get(0).attempts()).containsOnlyKeys("p/A");
    }

    @Test
    void aForgottenDirectoryIsNewWhenSubmittedAgain() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      var claim = take(host, 1).get(0);
      assertThat(ledger.batches().forget(DIRECTORY)).as("while it runs").isEqualTo(-1);
      end(host, claim, "p/A", true, true);
      assertThat(ledger.batches().forget(DIRECTORY)).isEqualTo(1);
      assertThat(ledger.batches().forget(DIRECTORY)).isZero();
      assertThat(accept(CONN).kind()).isEqualTo(Kind.NEW);
    }

    @Test
    void machinesMayHaveARootAtDifferentPlaces() throws Exception {
      var clock = new LedgerClock(Clock.systemUTC(), shift::get);
      var here =
          SqlLedger.open(
              database(clock), location().withRoots(new Roots(Map.of("zeek", Path.of("/here")))));
      var there =
          SqlLedger.open(
              database(clock), location().withRoots(new Roots(Map.of("zeek", Path.of("/mnt/x")))));
      open.addAll(List.of(here, there));
      here.batches().accept(Path.of("/here/2026/a"), List.of(CONN), Mode.NEW_FILES);
      here.batches().accept(Path.of("/else/b"), List.of(CONN), Mode.NEW_FILES);
      assertThat(
              there
                  .batches()
                  .accept(Path.of("/mnt/x/2026/a"), List.of(CONN), Mode.NEW_FILES)
                  .kind())
          .isEqualTo(Kind.QUEUED);
      var elsewhere = host(1, "p/A");
      assertThat(take(elsewhere, 9))
          .as("it has no such root")
          .extracting(claim -> claim.batch().directory().toString())
          .containsExactly("/else/b");
      assertThat(elsewhere.nextDue()).isEqualTo(Long.MAX_VALUE);
      elsewhere.signOff();
      var host =
          there.host(
              new HostIdentity("there", "elsewhere", 1, 1, "/out"),
              LEASE,
              new RetryPolicy(1, Duration.ZERO),
              HookWarning::message);
      host.register(List.of(new HostLedger.Installed("p/A", "p", "1")), Set.of("p/A"), "");
      assertThat(take(host, 9))
          .extracting(claim -> claim.batch().directory().toString())
          .containsExactly("/mnt/x/2026/a", "/else/b");
      assertThat(here.view().calls(Path.of("/here/2026/a")))
          .extracting(LedgerView.CallStatus::directory)
          .containsExactly("/here/2026/a");
    }

    @Test
    void rotatedFilesFormABatchWhenNoMoreArrive() throws Exception {
      var intake = ledger.intake();
      intake.recordRotated(Path.of("/z/conn-1.log"), "t1");
      pass(Duration.ofSeconds(5));
      intake.recordRotated(Path.of("/z/dns-1.log"), "t1");
      intake.recordRotated(Path.of("/z/dns-1.log"), "t1");
      assertThat(intake.rotated(3_000)).isEmpty();
      pass(Duration.ofSeconds(5));
      assertThat(intake.rotated(3_000))
          .containsOnly(Map.entry(Path.of("/z"), Map.of("t1", List.of("conn-1.log", "dns-1.log"))));
      intake.rotatedAccepted(Path.of("/z"), List.of("conn-1.log", "dns-1.log"));
      assertThat(intake.rotated(0)).isEmpty();
    }

    @Test
    void rotatedFilesBelowARootAreLeftToMachinesThatHaveIt() throws Exception {
      var clock = new LedgerClock(Clock.systemUTC(), shift::get);
      var here =
          SqlLedger.open(
              database(clock), location().withRoots(new Roots(Map.of("zeek", Path.of("/here")))));
      open.add(here);
      here.intake().recordRotated(Path.of("/here/day/conn-1.log"), "t1");
      pass(Duration.ofSeconds(5));
      assertThat(ledger.intake().rotated(0)).isEmpty();
      assertThat(here.intake().rotated(0)).containsOnlyKeys(Path.of("/here/day"));
    }
  }

  /** How a host takes batches, and releases them. */
  @Nested
  class Claiming {

    @Test
    void batchesAreClaimedOnceAndTheOldestFirst() throws Exception {
      var one = host(1, "p/A");
      var other = host(1, "p/A");
      for (int i = 0; i < 6; i++) {
        ledger.batches().accept(Path.of("/logs/" + i), List.of(CONN), Mode.NEW_FILES);
      }
      var claimed = new ArrayList<String>();
      for (int i = 0; i < 2; i++) {
        take(one, 2).forEach(claim -> claimed.add(claim.batch().directory().toString()));
        take(other, 1).forEach(claim -> claimed.add(claim.batch().directory().toString()));
      }
      assertThat(claimed)
          .containsExactly("/logs/0", "/logs/1", "/logs/2", "/logs/3", "/logs/4", "/logs/5");
      assertThat(take(one, 9)).isEmpty();
    }

    @Test
    void callsOfABusyHookAreLeftForLater() throws Exception {
      var host = host(1, "p/A", "p/Slow");
      accept(CONN);
      host.setBusy(Set.of("p/Slow"));
      var claim = take(host, 1).get(0);
      assertThat(claim.attempts()).containsOnlyKeys("p/A");
      assertThat(end(host, claim, "p/A", true, true).batch()).isEqualTo(BatchState.READY);
      assertThat(take(host, 1)).isEmpty();
      host.setBusy(Set.of());
      pass(Duration.ofSeconds(11));
      assertThat(take(host, 1).get(0).attempts()).containsOnlyKeys("p/Slow");
    }

    @Test
    void callsOfAHookThatAHostLacksAreLeftToAHostThatHasIt() throws Exception {
      host(1, "p/A", "p/B").signOff();
      var poor = host(1, "p/A");
      accept(CONN);
      var claim = take(poor, 1).get(0);
      assertThat(claim.attempts()).containsOnlyKeys("p/A");
      assertThat(end(poor, claim, "p/A", true, true).batch()).isEqualTo(BatchState.PARKED);
      assertThat(take(poor, 1)).isEmpty();
      assertThat(accept(CONN).kind()).isEqualTo(Kind.QUEUED);
      var rich = host(1, "p/A", "p/B");
      var rest = take(rich, 1).get(0);
      assertThat(rest.attempts()).containsOnlyKeys("p/B");
      assertThat(end(rich, rest, "p/B", true, true).batch()).isEqualTo(BatchState.DONE);
    }

    /** A plugin is removed, or replaced, while the host runs. */
    @Test
    void callsOfReplacedHooksAreStillRecorded() throws Exception {
      var host = host(1, "p/A", "p/B");
      accept(CONN);
      var claim = take(host, 9).get(0);
      host.register(
          List.of(
              new HostLedger.Installed("p/B", "p", "2.0"),
              new HostLedger.Installed("p/C", "p", "1.0")),
          Set.of("p/B", "p/C"),
          "");
      assertThat(end(host, claim, "p/A", true, false).result()).isEqualTo(CallResult.SUCCEEDED);
      assertThat(end(host, claim, "p/B", true, true).batch()).isEqualTo(BatchState.DONE);
      accept(CONN, DNS);
      claim = take(host, 9).get(0);
      assertThat(claim.attempts()).containsOnlyKeys("p/B", "p/C");
      end(host, claim, "p/B", true, false);
      // The calls of the removed hook wait for it.
      assertThat(end(host, claim, "p/C", true, true).batch()).isEqualTo(BatchState.PARKED);
      host.register(
          List.of(new HostLedger.Installed("p/A", "p", "1.0")), Set.of("p/A", "p/B", "p/C"), "");
      assertThat(take(host, 9).get(0).attempts()).containsOnlyKeys("p/A");
    }

    @Test
    void aReleasedBatchIsNotSuspect() throws Exception {
      var host = host(2, "p/A", "p/B");
      accept(CONN);
      take(host, 1);
      host.signOff();
      assertThat(take(host(2, "p/A", "p/B"), 1).get(0).attempts()).hasSize(2);
    }

    @Test
    void aClaimWhoseReplyWasLostIsReleasedByTheNextSignOfLife() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      take(host, 1);
      host.keepAlive(List.of());
      assertThat(take(host, 1)).hasSize(1);
    }

    @Test
    void callsThatBecomeOwedWhileABatchRunsAreMadeAfterwards() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      var claim = take(host, 1).get(0);
      host.signOff();
      var second = host(1, "p/A", "p/New");
      var running = take(second, 1).get(0);
      assertThat(running.attempts()).containsOnlyKeys("p/A");
      ledger.batches().accept(DIRECTORY, List.of(CONN), Mode.NEW_HOOKS);
      assertThat(end(second, running, "p/A", true, true).batch()).isEqualTo(BatchState.READY);
      var next = take(second, 1).get(0);
      assertThat(next.attempts()).containsOnlyKeys("p/New");
      assertThat(ledger.batches().replay("p/A", 0, List.of(), true)).isEqualTo(1);
      assertThat(end(second, next, "p/New", true, true).batch()).isEqualTo(BatchState.READY);
      assertThat(take(second, 1).get(0).attempts()).containsOnlyKeys("p/A");
      assertThat(end(host, claim, "p/A", true, true).result()).isEqualTo(CallResult.LOST);
    }
  }

  /** The retries of calls that fail. */
  @Nested
  class Retrying {

    @Test
    void onlyTheFailedCallIsRetriedUntilItIsADeadLetter() throws Exception {
      var host = host(2, "p/A", "p/B");
      accept(CONN);
      var claim = take(host, 9).get(0);
      assertThat(claim.attempts()).containsOnlyKeys("p/A", "p/B");
      assertThat(end(host, claim, "p/A", true, false).result()).isEqualTo(CallResult.SUCCEEDED);
      var failed = end(host, claim, "p/B", false, true);
      assertThat(failed.result()).isEqualTo(CallResult.RETRY);
      assertThat(failed.batch()).isEqualTo(BatchState.READY);
      assertThat(failed.warning().nextStep()).contains("as attempt 2 of 2");
      assertThat(take(host, 9)).isEmpty();
      assertThat(host.nextDue()).isBetween(1L, 12_000L);
      pass(Duration.ofSeconds(13));
      var again = take(host, 9).get(0);
      assertThat(again.attempts()).containsOnly(Map.entry("p/B", 2));
      assertThat(end(host, again, "p/B", false, true).result()).isEqualTo(CallResult.DEAD);
      assertThat(ledger.view().dead(null))
          .singleElement()
          .satisfies(dead -> assertThat(dead.last().error()).startsWith("java.lang.Error: broken"));
      assertThat(ledger.view().warnings(0, 0, "p", 9)).hasSize(2);
      assertThat(ledger.view().warnings(0, 0, "p/A", 9)).isEmpty();
      assertThat(ledger.batches().replayDead("p/B", DIRECTORY)).isEqualTo(1);
      assertThat(take(host, 9).get(0).attempts()).containsOnly(Map.entry("p/B", 1));
    }

    @Test
    void aDroppedDeadLetterIsNotReportedAgain() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      end(host, take(host, 1).get(0), "p/A", false, true);
      assertThat(ledger.batches().dropDead(null, null)).isEqualTo(1);
      assertThat(ledger.view().dead(null)).isEmpty();
      assertThat(state("p/A")).isEqualTo("dropped");
    }

    @Test
    void aFailureOfTheHostIsNotCountedAsAnAttempt() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      var claim = take(host, 1).get(0);
      var failure =
          new HookWarning(
              Instant.EPOCH,
              "p",
              "1",
              "p/A",
              Site.HOOK,
              DIRECTORY,
              1,
              HookWarning.Kind.FAILED,
              "x",
              "no room",
              "",
              "");
      var outcome =
          new Outcome(
              claim,
              "p/A",
              "1",
              new Ending.Failed(failure, Ending.Blame.HOST, Duration.ZERO),
              true);
      assertThat(host.record(List.of(outcome), List.of()).get(0).result())
          .isEqualTo(CallResult.RETRY);
      pass(Duration.ofSeconds(13));
      assertThat(take(host, 1).get(0).attempts()).containsOnly(Map.entry("p/A", 1));
    }
  }

  @Test
  void aDamagedLogIsOneWarningForEachBatchUntilItIsPruned() throws Exception {
    var host = host(1, "p/A", "q/B");
    accept(CONN);
    var log = DIRECTORY.resolve("a \"b\".log");
    host.recordDamaged(List.of(damaged(log, 1, "p/A"), damaged(log, 3, "p/A", "q/B")));
    host.recordDamaged(List.of(damaged(log, 3, "p/A", "q/B")));
    host.recordDamaged(List.of(damaged(DIRECTORY.resolve("a"), 2, "p/A")));
    assertThat(warnings(null)).hasSize(2);
    assertThat(warnings(null).get(0))
        .contains("\"kind\":\"DAMAGED_LOG\"", "\"hooks\":[\"p/A\",\"q/B\"],\"bad_lines\":3");
    assertThat(warnings("q/B")).as("of a hook").hasSize(1);
    assertThat(warnings("p")).as("of a plugin").hasSize(2);
    assertThat(warnings("r")).isEmpty();

    pass(Duration.ofHours(2));
    accept(DNS);
    host.recordDamaged(List.of(damaged(log, 3, "p/A")));
    assertThat(warnings(null)).as("another batch").hasSize(3);
    ledger.pruning().prune(Duration.ofHours(1).toMillis(), file -> true);
    assertThat(warnings(null)).as("those of the last hour").hasSize(1);
  }

  private static HostEvent.LogDamaged damaged(Path log, long badLines, String... hooks) {
    var report =
        new ReadReport(log.toString(), 9, badLines, 0, 0, List.of(), null, true, 0, List.of());
    return new HostEvent.LogDamaged(log, report, List.of(hooks));
  }

  private List<String> warnings(String hook) throws Exception {
    return ledger.view().warnings(0, 0, hook, 99).stream()
        .map(LedgerView.WarningLine::json)
        .toList();
  }

  @Test
  void theStatusShowsWhatTheInstalledVersionOfAHookMisses() throws Exception {
    var host = host(1, "p/A", "p/B");
    var missing = missing("1.0", "The log conn has no field uidd.");
    host.record(List.of(), List.of(missing, missing, missing("0.9", "No log x.")));
    assertThat(ledger.view().status().hooks())
        .extracting(LedgerView.HookStatus::hook, LedgerView.HookStatus::missing)
        .containsExactly(
            tuple("p/A", List.of("The log conn has no field uidd.")), tuple("p/B", List.of()));
    assertThat(ledger.view().warnings(0, 0, "p/A", 9)).hasSize(3);
  }

  private static HookWarning missing(String version, String message) {
    return new HookWarning(
        Instant.EPOCH,
        "p",
        version,
        "p/A",
        Site.HOOK,
        DIRECTORY,
        1,
        HookWarning.Kind.MISSING_FIELD,
        null,
        message,
        "",
        "");
  }

  /** Repeating calls that have ended. */
  @Nested
  class Replaying {

    @Test
    void replayOwesOneHookTheBatchesThatAreDone() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      end(host, take(host, 1).get(0), "p/A", true, true);
      assertThat(ledger.batches().replay("p/None", 0, List.of(), true)).isEqualTo(-1);
      assertThat(ledger.batches().replay("p/A", 0, List.of(Path.of("/other")), true)).isZero();
      assertThat(ledger.batches().replay("p/A", 0, List.of(), true)).isEqualTo(1);
      assertThat(take(host, 1).get(0).attempts()).containsOnly(Map.entry("p/A", 1));
    }

    @Test
    void submittingAgainOwesTheCallsOfAllHooks() throws Exception {
      var host = host(1, "p/A", "p/B");
      accept(CONN);
      var claim = take(host, 1).get(0);
      end(host, claim, "p/A", true, false);
      end(host, claim, "p/B", false, true);
      assertThat(ledger.batches().accept(DIRECTORY, List.of(CONN), Mode.AGAIN).kind())
          .isEqualTo(Kind.OWED);
      assertThat(take(host, 1).get(0).attempts()).hasSize(2);
    }

    @Test
    void replaySkipsBatchesThatSucceededUnlessRequested() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      end(host, take(host, 1).get(0), "p/A", true, true);
      assertThat(ledger.batches().replay("p/A", 0, List.of(), false)).isZero();
      pass(Duration.ofDays(2));
      ledger.pruning().prune(Duration.ofDays(1).toMillis(), path -> false);
      assertThat(ledger.batches().replay("p/A", 0, List.of(), false)).as("pruned").isZero();
      assertThat(ledger.batches().replay("p/A", 0, List.of(DIRECTORY), true)).isEqualTo(1);
    }
  }

  /** The batches of an expired host. */
  @Nested
  class TakingOver {

    @Test
    void anExpiredHostCannotRecordCallsOfABatchThatAnotherHostTook() throws Exception {
      var paused = host(3, "p/A");
      var other = host(3, "p/A");
      accept(CONN);
      var claim = take(paused, 1).get(0);
      pass(LEASE.plusSeconds(1));
      other.keepAlive(List.of());
      var taken = take(other, 1).get(0);
      assertThat(taken.token()).isGreaterThan(claim.token());
      assertThat(end(paused, claim, "p/A", true, true).result()).isEqualTo(CallResult.LOST);
      paused.keepAlive(List.of(claim.batch().number()));
      assertThat(end(paused, claim, "p/A", true, true).result()).isEqualTo(CallResult.LOST);
      assertThat(end(other, taken, "p/A", true, true).result()).isEqualTo(CallResult.SUCCEEDED);
      assertThat(end(paused, claim, "p/A", false, true).result()).isEqualTo(CallResult.LOST);
      assertThat(state("p/A")).isEqualTo("succeeded");
    }

    @Test
    void aHostWithAnExpiredLeaseContinuesIfNoOtherHostNoticed() throws Exception {
      var host = host(3, "p/A");
      accept(CONN);
      var claim = take(host, 1).get(0);
      pass(LEASE.plusSeconds(1));
      host.keepAlive(List.of(claim.batch().number()));
      assertThat(end(host, claim, "p/A", true, true).result()).isEqualTo(CallResult.SUCCEEDED);
    }

    @Test
    void batchesThatAnExpiredHostClaimsAreFreedWhenItDies() throws Exception {
      var host = host(3, "p/A");
      var other = host(3, "p/A");
      pass(LEASE.plusSeconds(1));
      other.keepAlive(List.of());
      accept(CONN);
      assertThat(take(host, 1)).hasSize(1);
      pass(LEASE.plusSeconds(1));
      other.keepAlive(List.of());
      assertThat(take(other, 1)).hasSize(1);
    }

    @Test
    void aHostDoesNotCountItselfAmongThoseThatAreGone() throws Exception {
      var identity = HostIdentity.ofThisProcess("this", "/out");
      ledger.hold(identity);
      var host =
          ledger.host(identity, LEASE, new RetryPolicy(1, Duration.ZERO), HookWarning::message);
      host.register(List.of(new HostLedger.Installed("p/A", "p", "1")), Set.of("p/A"), "");
      accept(CONN);
      take(host, 1);
      host.takeFromGoneHosts();
      assertThat(ledger.view().status().hosts()).hasSize(1);
      assertThat(ledger.view().count(BatchState.RUNNING)).isEqualTo(1);
    }

    @Test
    void aHostThatIsAliveKeepsItsBatches() throws Exception {
      var host = host(3, "p/A");
      var other = host(3, "p/A");
      accept(CONN);
      var claim = take(host, 1).get(0);
      for (int i = 0; i < 4; i++) {
        pass(LEASE.dividedBy(2));
        host.keepAlive(List.of(claim.batch().number()));
        other.keepAlive(List.of());
        assertThat(take(other, 1)).isEmpty();
      }
    }

    @Test
    void aRestartedHostGetsItsOldBatchesImmediatelyAndInOrder() throws Exception {
      var killed = host(3, "p/A");
      accept(CONN);
      take(killed, 1);
      pass(Duration.ofSeconds(1));
      ledger.batches().accept(Path.of("/logs/later"), List.of(CONN), Mode.NEW_FILES);
      var restarted = host(killed.host().id(), 3, "p/A");
      assertThat(take(restarted, 1).get(0).batch().directory()).isEqualTo(DIRECTORY);
    }

    @Test
    void onlyTheRunningHookIsChargedWhenAHostDies() throws Exception {
      var host = host(2, "p/A", "p/Kills", "p/Z");
      accept(CONN);
      take(host, 1);
      int deaths = 0;
      var succeeded = new ArrayList<String>();
      for (int round = 0; round < 20 && ledger.view().count(BatchState.DONE) == 0; round++) {
        pass(Duration.ofSeconds(60));
        host = host(host.host().id(), 2, "p/A", "p/Kills", "p/Z");
        for (var claim : take(host, 1)) {
          assertThat(claim.attempts()).as("one by one").hasSize(1);
          var hook = claim.attempts().keySet().iterator().next();
          if (hook.equals("p/Kills")) {
            deaths++;
            break;
          }
          assertThat(claim.attempts()).containsValue(1);
          assertThat(end(host, claim, hook, true, true).result()).isEqualTo(CallResult.SUCCEEDED);
          succeeded.add(hook);
        }
      }
      assertThat(deaths).isEqualTo(2);
      assertThat(succeeded).containsExactly("p/A", "p/Z");
      assertThat(state("p/Kills")).isEqualTo("dead");
      assertThat(ledger.view().dead(null).get(0).last().error()).contains("The host died");
      assertThat(ledger.view().count(BatchState.DONE)).isEqualTo(1);
    }

    @Test
    void callsOfSuspectBatchesAreMadeOneAtATime() throws Exception {
      var host = host(2, "p/A", "p/B");
      for (int i = 0; i < 5; i++) {
        ledger.batches().accept(Path.of("/logs/" + i), List.of(CONN), Mode.NEW_FILES);
      }
      assertThat(host.claim(9)).hasSize(5);
      var next = host(host.host().id(), 2, "p/A", "p/B");
      assertThat(next.isSuspectDue()).isTrue();
      assertThat(next.claim(9)).as("only alone").isEmpty();
      assertThat(next.claimSuspect())
          .singleElement()
          .satisfies(c -> assertThat(c.attempts()).hasSize(1));
      pass(Duration.ofSeconds(60));
      var last = host(next.host().id(), 2, "p/A", "p/B");
      for (int i = 0; i < 5; i++) {
        assertThat(last.claimSuspect().get(0).attempts()).containsValue(1);
      }
      assertThat(ledger.view().warnings(0, 0, null, 9)).as("one was charged").hasSize(1);
    }

    @Test
    void aPrunedHostThatClaimsAgainIsNoticedWhenItExpires() throws Exception {
      var sleeper = host(1, "p/A");
      var other = host(1, "p/A");
      pass(Duration.ofDays(3));
      other.keepAlive(List.of());
      ledger.pruning().prune(Duration.ofDays(1).toMillis(), path -> false);
      accept(CONN);
      assertThat(take(sleeper, 1)).hasSize(1);
      pass(LEASE.plusSeconds(1));
      other.keepAlive(List.of());
      assertThat(other.isSuspectDue()).isTrue();
      assertThat(other.claimSuspect()).hasSize(1);
    }
  }

  /** Pausing hooks that fail repeatedly. */
  @Nested
  class Pausing {

    private void acceptDirectories(int count) throws Exception {
      for (int i = 1; i <= count; i++) {
        ledger.batches().accept(DIRECTORY.resolveSibling("n" + i), List.of(CONN), Mode.NEW_FILES);
      }
    }

    private long waiting() throws Exception {
      return ledger.view().status().hooks().stream()
          .filter(hook -> hook.hook().equals("p/A"))
          .mapToLong(hook -> hook.calls().count(CallState.WAITING))
          .sum();
    }

    @Test
    void aHookThatFailsOnManyBatchesInARowIsPausedUntilATrialSucceeds() throws Exception {
      var host = host(1, "p/A", "p/B");
      acceptDirectories(6);
      var claims = take(host, 6);
      for (int i = 0; i < 3; i++) {
        end(host, claims.get(i), "p/A", false, false);
        end(host, claims.get(i), "p/B", true, true);
      }
      assertThat(host.newPauses())
          .singleElement()
          .satisfies(pause -> assertThat(pause.hook()).isEqualTo("p/A"))
          .satisfies(pause -> assertThat(pause.why()).contains("failed on 3 batches in a row"));
      // Calls that were claimed before are not made, and wait; the other hook continues.
      for (int i = 3; i < 6; i++) {
        assertThat(claims.get(i).mayCall("p/A")).isFalse();
        assertThat(claims.get(i).mayCall("p/B")).isTrue();
        var postponed = new Outcome(claims.get(i), "p/A", "1.0", new Ending.Postponed(), false);
        assertThat(host.record(List.of(postponed), List.of()).get(0).result())
            .isEqualTo(CallResult.POSTPONED);
        assertThat(end(host, claims.get(i), "p/B", true, true).batch())
            .isEqualTo(BatchState.PARKED);
      }
      assertThat(waiting()).isEqualTo(3);
      assertThat(host.nextDue()).isEqualTo(Long.MAX_VALUE);
      assertThat(host.refreshPauses()).isFalse();
      host.keepAlive(List.of());
      assertThat(take(host, 9)).as("nothing during the pause").isEmpty();
      var status = ledger.view().status().hooks();
      assertThat(status).filteredOn(hook -> hook.isPaused()).hasSize(1);

      pass(Duration.ofSeconds(61));
      assertThat(host.refreshPauses()).isTrue();
      var trial = take(host, 9);
      assertThat(trial).as("one call decides").hasSize(1);
      assertThat(host.refreshPauses()).isFalse();
      assertThat(take(host, 9)).isEmpty();
      end(host, trial.get(0), "p/A", false, true);
      assertThat(host.newPauses()).singleElement().extracting(HookPause::pauses).isEqualTo(2);
      pass(Duration.ofSeconds(61));
      assertThat(host.refreshPauses()).as("the second pause is twice as long").isFalse();
      pass(Duration.ofSeconds(60));
      assertThat(host.refreshPauses()).isTrue();
      end(host, take(host, 9).get(0), "p/A", true, true);
      assertThat(host.newPauses()).isEmpty();
      assertThat(take(host, 9)).as("it is called again").hasSize(1);
      assertThat(ledger.view().status().hooks()).noneMatch(hook -> hook.isPaused());
    }

    @Test
    void aSuccessBetweenFailuresKeepsAHookFromBeingPaused() throws Exception {
      var host = host(1, "p/A");
      acceptDirectories(5);
      var claims = take(host, 5);
      end(host, claims.get(0), "p/A", false, true);
      end(host, claims.get(1), "p/A", false, true);
      end(host, claims.get(2), "p/A", true, true);
      end(host, claims.get(3), "p/A", false, true);
      end(host, claims.get(4), "p/A", false, true);
      assertThat(host.newPauses()).isEmpty();
    }

    @Test
    void aPausedHookIsPausedOnAllHostsUntilItIsResumedByHand() throws Exception {
      var host = host(1, "p/A");
      acceptDirectories(5);
      var claims = take(host, 3);
      for (var claim : claims) {
        end(host, claim, "p/A", false, true);
      }
      assertThat(take(host, 9)).isEmpty();
      var second = host(1, "p/A");
      assertThat(take(second, 9)).as("another host knows of it").isEmpty();
      assertThat(ledger.plugins().resume("nobody")).isNegative();
      assertThat(ledger.plugins().resume("p")).isEqualTo(1);
      assertThat(ledger.plugins().resume("p/A")).isZero();
      assertThat(host.refreshPauses()).isTrue();
      assertThat(take(host, 9)).hasSize(2);
    }

    @Test
    void aNewVersionOfAPausedHookIsCalled() throws Exception {
      var host = host(1, "p/A");
      acceptDirectories(4);
      for (var claim : take(host, 3)) {
        end(host, claim, "p/A", false, true);
      }
      assertThat(take(host, 9)).isEmpty();
      host.register(List.of(new HostLedger.Installed("p/A", "p", "2.0")), Set.of("p/A"), "");
      assertThat(take(host, 9)).hasSize(1);
    }

    @Test
    void aNewVersionStartsWithoutTheFailuresOfTheOldOne() throws Exception {
      var host = host(9, "p/A");
      for (int i = 1; i <= 4; i++) {
        if (i == 3) {
          host.register(List.of(new HostLedger.Installed("p/A", "p", "2.0")), Set.of("p/A"), "");
        }
        ledger.batches().accept(DIRECTORY.resolve("d" + i), List.of(CONN), Mode.NEW_FILES);
        end(host, host.claim(1).get(0), "p/A", false, true);
      }
      assertThat(host.newPauses()).isEmpty();
    }
  }

  /** Pruning batches that ended long ago. */
  @Nested
  class Pruning {

    @Test
    void aPrunedDirectoryThatIsStillThereIsNotProcessedAgain() throws Exception {
      var host = host(1, "p/A");
      var gone = Path.of("/logs/gone");
      var dead = Path.of("/logs/dead");
      accept(CONN);
      ledger.batches().accept(gone, List.of(CONN), Mode.NEW_FILES);
      ledger.batches().accept(dead, List.of(CONN), Mode.NEW_FILES);
      for (var claim : take(host, 9)) {
        end(host, claim, "p/A", !claim.batch().directory().equals(dead), true);
      }
      var young = ledger.pruning().prune(Duration.ofDays(1).toMillis(), gone::equals);
      assertThat(young).isEqualTo(new PruneLedger.Pruned(0, 0, 0));
      pass(Duration.ofDays(2));
      var pruned = ledger.pruning().prune(Duration.ofDays(1).toMillis(), gone::equals);
      assertThat(pruned).isEqualTo(new PruneLedger.Pruned(1, 1, 1));
      assertThat(ledger.view().dead(null)).hasSize(1);
      assertThat(ledger.view().calls(DIRECTORY)).isEmpty();
      assertThat(accept(CONN).kind()).isEqualTo(Kind.KNOWN);
      assertThat(ledger.batches().accept(DIRECTORY, List.of(CONN), Mode.NEW_HOOKS).kind())
          .as("run and enqueue")
          .isEqualTo(Kind.KNOWN);
      assertThat(ledger.batches().accept(gone, List.of(CONN), Mode.NEW_FILES).kind())
          .as("it came back")
          .isEqualTo(Kind.NEW);
      assertThat(accept(CONN, DNS).generation()).isEqualTo(2);
      ledger.pruning().compact();
      assertThat(ledger.pruning().prune(Duration.ofDays(1).toMillis(), gone::equals))
          .isEqualTo(new PruneLedger.Pruned(0, 0, 0));
    }

    @Test
    void aPrunedBatchCanOweNewHooksAndReplayedCalls() throws Exception {
      var host = host(1, "p/A");
      accept(CONN);
      end(host, take(host, 1).get(0), "p/A", true, true);
      pass(Duration.ofDays(2));
      ledger.pruning().prune(Duration.ofDays(1).toMillis(), path -> false);
      var both = host(1, "p/A", "q/B");
      assertThat(ledger.batches().accept(DIRECTORY, List.of(CONN), Mode.NEW_HOOKS).kind())
          .isEqualTo(Kind.OWED);
      var claim = take(both, 1).get(0);
      assertThat(claim.attempts()).containsOnlyKeys("q/B");
      end(both, claim, "q/B", true, true);
      pass(Duration.ofDays(2));
      ledger.pruning().prune(Duration.ofDays(1).toMillis(), path -> false);
      assertThat(ledger.batches().replay("p/A", 0, List.of(), true)).isEqualTo(1);
      var again = take(both, 1).get(0);
      assertThat(again.attempts()).containsOnlyKeys("p/A");
      end(both, again, "p/A", true, true);
      pass(Duration.ofDays(2));
      ledger.pruning().prune(Duration.ofDays(1).toMillis(), path -> false);
      assertThat(ledger.batches().accept(DIRECTORY, List.of(CONN), Mode.NEW_HOOKS).kind())
          .isEqualTo(Kind.KNOWN);
      assertThat(ledger.batches().accept(DIRECTORY, List.of(CONN), Mode.AGAIN).kind())
          .isEqualTo(Kind.OWED);
      assertThat(take(both, 1).get(0).attempts()).containsOnlyKeys("p/A", "q/B");
    }
  }

  /** Calls of disabled plugins. */
  @Nested
  class Disabling {

    @Test
    void callsOfADisabledPluginWaitUntilItIsEnabled() throws Exception {
      var host = host(1, "p/A", "p/B");
      accept(CONN);
      assertThat(ledger.plugins().ids()).containsExactly("p");
      assertThat(ledger.plugins().setEnabled("q", false)).isZero();
      assertThat(ledger.plugins().setEnabled("p", false)).isEqualTo(2);
      assertThat(take(host, 1)).isEmpty();
      assertThat(ledger.view().count(BatchState.PARKED)).isEqualTo(1);
      host.keepAlive(List.of());
      assertThat(take(host, 1)).isEmpty();
      var later = Path.of("/logs/later");
      ledger.batches().accept(later, List.of(CONN), Mode.NEW_FILES);
      assertThat(ledger.view().calls(later)).as("it is not owed to it").isEmpty();
      assertThat(ledger.plugins().setEnabled("p", true)).isEqualTo(2);
      assertThat(take(host, 9))
          .extracting(claim -> claim.attempts().keySet())
          .contains(Set.of("p/A", "p/B"));
    }

    @Test
    void aNewHookOfADisabledPluginIsDisabled() throws Exception {
      host(1, "p/A").signOff();
      ledger.plugins().setEnabled("p", false);
      var host = host(1, "p/A", "p/B");
      assertThat(host.disabledPlugins()).containsExactly("p");
      accept(CONN);
      assertThat(take(host, 1)).isEmpty();
      assertThat(ledger.view().count(BatchState.PARKED))
          .as("with no hook that is called it waits")
          .isEqualTo(1);
      ledger.plugins().setEnabled("p", true);
      assertThat(take(host, 1))
          .singleElement()
          .satisfies(claim -> assertThat(claim.attempts()).hasSize(2));
    }
  }

  /** The views of a ledger for people. */
  @Nested
  class Showing {

    @Test
    void statusCountsCallsAndNamesTheDirectoriesThatWait() throws Exception {
      var host = host(3, "p/A", "p/B");
      accept(CONN);
      ledger.batches().accept(Path.of("/logs/2"), List.of(CONN), Mode.NEW_FILES);
      var claim = take(host, 1).get(0);
      host.show(List.of(new RunningCall("p/A", DIRECTORY, Duration.ofSeconds(3))));
      pass(Duration.ofSeconds(4));
      end(host, claim, "p/A", true, false);
      end(host, claim, "p/B", false, true);
      ledger.intake().sayWaiting(List.of(), Map.of(Path.of("/logs/3"), "It changed lately."));
      var status = ledger.view().status();
      assertThat(status.batches()).containsOnly(Map.entry(BatchState.READY, 2L));
      assertThat(status.hooks().get(0).calls().states())
          .containsOnly(Map.entry(CallState.SUCCEEDED, 1L), Map.entry(CallState.WAITING, 1L));
      assertThat(status.hooks().get(0).calls().retrying()).isZero();
      assertThat(status.hooks().get(0).calls().meanMicros()).isEqualTo(5_000);
      assertThat(status.hooks().get(1).calls().states())
          .containsOnly(Map.entry(CallState.WAITING, 1L));
      assertThat(status.hooks().get(1).calls().retrying()).isEqualTo(1);
      assertThat(status.hooks()).allMatch(LedgerView.HookStatus::hasHost);
      assertThat(status.hosts())
          .singleElement()
          .satisfies(
              each ->
                  assertThat(each.running())
                      .singleElement()
                      .satisfies(
                          call -> {
                            assertThat(call.hook()).isEqualTo("p/A");
                            assertThat(call.directory()).isEqualTo(DIRECTORY);
                            assertThat(call.age()).isBetween(Duration.ofSeconds(7), LEASE);
                          }));
      assertThat(status.waitingDirectories()).containsOnlyKeys("/logs/3");
      assertThat(ledger.view().whyWaiting(Path.of("/logs/3"))).isEqualTo("It changed lately.");
      assertThat(ledger.intake().waiting(List.of(Path.of("/elsewhere")))).isEmpty();
      assertThat(ledger.intake().waiting(List.of(Path.of("/logs")))).hasSize(1);
      ledger.intake().sayWaiting(List.of(Path.of("/logs/3")), Map.of());
      assertThat(ledger.view().whyWaiting(Path.of("/logs/3"))).isNull();
    }

    @Test
    void aNewerLedgerIsRefusedWithBothVersions() throws Exception {
      var clock = new LedgerClock(Clock.systemUTC(), shift::get);
      assertThatThrownBy(
              () -> {
                try (var database = database(clock)) {
                  Schema.bringUp(database, HostLocks.of(location()), 1);
                }
              })
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("has version " + Schema.VERSION)
          .hasMessageContaining("Use the newer program");
    }
  }
}
