package io.longline.host.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.LogHook;
import io.longline.host.call.CallEnvironment;
import io.longline.host.call.Calls;
import io.longline.host.call.ProcessCalls;
import io.longline.host.call.SpareThreads;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.event.HostEvent;
import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchLedger.Mode;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.ledger.sql.StatementFaults;
import io.longline.host.output.HostFiles;
import io.longline.host.output.OutputFiles;
import io.longline.host.output.OutputFolder;
import io.longline.host.plugins.CalledHook;
import io.longline.host.settings.SecretMask;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import io.longline.host.testing.TestHooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whichever statement fails, before or after it is executed: no acknowledged work is lost, and
 * nothing is recorded or written twice.
 */
abstract class FaultContract {

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(1);

  @TempDir Path folder;

  private Path logs;

  /** Where an empty ledger may be made. */
  abstract LedgerLocation newLocation(Path output) throws Exception;

  @Test
  void anyStatementMayFailBeforeItIsExecuted() throws Exception {
    failEach(false);
  }

  @Test
  void anyStatementMayFailAfterItIsExecuted() throws Exception {
    failEach(true);
  }

  private void failEach(boolean isAfter) throws Exception {
    logs = Files.createDirectories(folder.resolve("logs"));
    for (int i = 0; i < 3; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
    int failing = 1;
    while (run(failing, isAfter)) {
      failing++;
    }
    assertThat(failing).as("how many statements there are").isGreaterThan(50);
  }

  /** Runs two hooks on three directories; returns whether there was such a statement. */
  private boolean run(int failing, boolean isAfter) throws Exception {
    var output = folder.resolve("out-" + failing + "-" + isAfter);
    var location = newLocation(output);
    var faults = new StatementFaults(failing, isAfter);
    var clock = Clock.systemUTC();
    var events = new RecordingEvents();
    SqlLedger.open(location, LedgerClock.of(clock)).close();
    try (var outputs = OutputFolder.open(output, false);
        var ledger = again(() -> faults.open(location, LedgerClock.of(clock)))) {
      var identity = HostIdentity.ofThisProcess(UUID.randomUUID().toString(), output.toString());
      outputs.belongTo(ledger.id(), identity.id());
      var host =
          ledger.host(
              identity,
              Duration.ofMinutes(1),
              new RetryPolicy(3, Duration.ofMillis(1)),
              warning -> warning.message());
      var hooks = List.of(hook("p/Good", false), hook("p/Second", true));
      again(
          () -> {
            host.register(
                hooks.stream().map(hook -> new HostLedger.Installed(hook.id(), "p", "1")).toList(),
                Set.of("p/Good", "p/Second"),
                "");
            return true;
          });
      var files =
          again(() -> OutputFiles.open(outputs, ledger.outputs(outputs.id()), "h", clock, true));
      var calls =
          new Calls(
              new CallEnvironment(
                  outputs::begin,
                  null,
                  clock,
                  System::nanoTime,
                  () -> false,
                  new SecretMask(List.of())),
              events.reports(),
              new SpareThreads(2, Thread::new),
              ProcessCalls.none());
      var dispatcher = new Dispatcher(hooks, 2, WorkerPool.claimSize(2));
      var claims = new OpenClaims(dispatcher::wake);
      var committer =
          new Committer(host, HostFiles.of(files), claims, events, ended -> {}, clock, PAUSE);
      var lease = new HostLease(host, claims, KEEP_ALIVE, System::nanoTime, calls::running);
      var feeder =
          new Feeder(
              host, dispatcher, claims, lease, WorkerPool.claimSize(2), PAUSE, System::nanoTime);
      var workers = new WorkerPool(2, dispatcher, feeder, calls, committer, new HostLoops());
      workers.start(hooks);
      for (int i = 0; i < 3; i++) {
        var directory = logs.resolve("d" + i);
        var listing = LogListing.of(directory, LogProbe.ofKnownNames());
        again(() -> ledger.batches().accept(directory, listing, Mode.NEW_FILES));
        dispatcher.wake();
      }
      workers.drain(true, false);
      workers.await();
      workers.close();
      closeTwice(files);
      again(
          () -> {
            host.signOff();
            return true;
          });
    }
    check(output, location, events, failing);
    return faults.hasFailed();
  }

  private void check(Path output, LedgerLocation location, RecordingEvents events, int failing)
      throws Exception {
    var as = "statement " + failing;
    try (var ledger = SqlLedger.open(location, LedgerClock.of(Clock.systemUTC()))) {
      assertThat(ledger.view().status().batches())
          .as(as)
          .containsOnly(Map.entry(BatchState.DONE, 3L));
    }
    assertThat(Files.readAllLines(output.resolve("rows.log")))
        .as(as)
        .containsExactlyInAnyOrder(
            "p/Good d0 1",
            "p/Good d1 1",
            "p/Good d2 1",
            "p/Second d0 2",
            "p/Second d1 2",
            "p/Second d2 2");
    assertThat(events.of(HostEvent.CallEnded.class)).as(as).hasSize(9);
  }

  private static CalledHook hook(String id, boolean failsFirst) {
    LogHook hook =
        (logs, context) -> {
          context.output("rows").lines().line(id + " " + logs.name() + " " + context.attempt());
          if (failsFirst && context.attempt() == 1) {
            throw new IllegalStateException("the first time");
          }
        };
    return TestHooks.called(id, 4, hook);
  }

  private interface Attempt<T> {
    T make() throws IOException;
  }

  /** Closes files as a program does whose first attempt fails. */
  private static <T> T again(Attempt<T> attempt) throws IOException {
    try {
      return attempt.make();
    } catch (LedgerException e) {
      return attempt.make();
    }
  }

  /** The next start of the host makes up for what closing could not record. */
  private static void closeTwice(OutputFiles files) throws IOException {
    try {
      files.close();
    } catch (LedgerException e) {
      // Nothing is lost: the journal is there.
    }
  }
}
