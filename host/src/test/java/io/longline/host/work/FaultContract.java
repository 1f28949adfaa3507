package io.longline.host.work;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.HookContext;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
import io.longline.host.call.CallEnvironment;
import io.longline.host.call.Calls;
import io.longline.host.call.ProcessCalls;
import io.longline.host.call.SpareThreads;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.event.HostEvent;
import io.longline.host.files.FileAccess;
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
import io.longline.host.output.PartFiles;
import io.longline.host.output.WindowFiles;
import io.longline.host.output.WindowFolder;
import io.longline.host.output.WindowOutputs;
import io.longline.host.plugins.CalledHook;
import io.longline.host.settings.SecretMask;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import io.longline.host.testing.TestHooks;
import io.longline.zeek.TsvFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  @Test
  void anyStatementForAWindowMayFailBeforeItIsExecuted() throws Exception {
    failEach(false, new Scene(List.of(windowHook()), 2, this::checkWindow));
  }

  @Test
  void anyStatementForAWindowMayFailAfterItIsExecuted() throws Exception {
    failEach(true, new Scene(List.of(windowHook()), 2, this::checkWindow));
  }

  /**
   * What is run.
   *
   * @param hooks the hooks
   * @param directories the number of directories
   * @param check checks what was written
   */
  private record Scene(List<CalledHook> hooks, int directories, Check check) {}

  private interface Check {
    void make(Path output, RecordingEvents events, String as) throws Exception;
  }

  private void failEach(boolean isAfter) throws Exception {
    var hooks = List.of(hook("p/Good", false), hook("p/Second", true));
    failEach(isAfter, new Scene(hooks, 3, FaultContract::checkRows));
  }

  private void failEach(boolean isAfter, Scene scene) throws Exception {
    logs = Files.createDirectories(folder.resolve("logs"));
    for (int i = 0; i < scene.directories(); i++) {
      SampleLogs.directory(logs, "d" + i);
    }
    int failing = 1;
    while (run(failing, isAfter, scene)) {
      failing++;
    }
    assertThat(failing).as("how many statements there are").isGreaterThan(50);
  }

  /** Runs hooks on directories; returns whether there was such a statement. */
  private boolean run(int failing, boolean isAfter, Scene scene) throws Exception {
    var hooks = scene.hooks();
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
      again(
          () -> {
            host.register(
                hooks.stream()
                    .map(hook -> new HostLedger.Installed(hook.id(), "p", "1", hook.windows()))
                    .toList(),
                hooks.stream().map(CalledHook::id).collect(toSet()),
                "");
            return true;
          });
      var files =
          again(() -> OutputFiles.open(outputs, ledger.outputs(outputs.id()), "h", clock, true));
      var shared = WindowFolder.open(output, FileAccess.GROUP);
      var windows =
          new WindowFiles(
              new PartFiles(shared, identity.id(), true), new WindowOutputs(shared, true));
      var calls =
          new Calls(
              new CallEnvironment(
                  outputs::begin,
                  null,
                  clock,
                  System::nanoTime,
                  () -> false,
                  new SecretMask(List.of()),
                  output,
                  TsvFormat.ZEEK),
              events.reports(),
              new SpareThreads(2, Thread::new),
              ProcessCalls.none());
      var dispatcher = new Dispatcher(hooks, 2, WorkerPool.claimSize(2));
      var claims = new OpenClaims(dispatcher::wake);
      var committer =
          new Committer(
              host, new HostFiles(files, windows), claims, events, ended -> {}, clock, PAUSE);
      var lease = new HostLease(host, claims, KEEP_ALIVE, System::nanoTime, calls::running);
      var feeder =
          new Feeder(
              host, dispatcher, claims, lease, WorkerPool.claimSize(2), PAUSE, System::nanoTime);
      var workers = new WorkerPool(2, dispatcher, feeder, calls, committer, new HostLoops());
      workers.start(hooks);
      for (int i = 0; i < scene.directories(); i++) {
        var directory = logs.resolve("d" + i);
        var listing = LogListing.of(directory, LogProbe.ofKnownNames());
        again(() -> ledger.batches().accept(directory, listing, Mode.NEW_FILES));
        dispatcher.wake();
      }
      workers.drain(true, true);
      workers.await();
      workers.close();
      closeTwice(files);
      again(
          () -> {
            host.signOff();
            return true;
          });
    }
    check(output, location, events, failing, scene);
    return faults.hasFailed();
  }

  private static void check(
      Path output, LedgerLocation location, RecordingEvents events, int failing, Scene scene)
      throws Exception {
    var as = "statement " + failing;
    try (var ledger = SqlLedger.open(location, LedgerClock.of(Clock.systemUTC()))) {
      assertThat(ledger.view().status().batches())
          .as(as)
          .containsOnly(Map.entry(BatchState.DONE, (long) scene.directories()));
      // As the next start does.
      new WindowOutputs(WindowFolder.open(output, FileAccess.GROUP), true)
          .recover(ledger.windows());
    }
    scene.check().make(output, events, as);
  }

  private static void checkRows(Path output, RecordingEvents events, String as) throws Exception {
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

  private void checkWindow(Path output, RecordingEvents events, String as) throws Exception {
    assertThat(Files.readAllLines(output.resolve("count/run.log")))
        .as(as)
        .containsExactly("d0 1", "d1 1");
    assertThat(output.resolve(".longline/windows")).as(as).isEmptyDirectory();
  }

  /** Counts directories in the window of the whole run. */
  private static final class Counting implements LogHook, WindowHook {

    @Override
    public List<Windows> windows() {
      return List.of(Windows.wholeRun());
    }

    @Override
    public void process(LogDirectory logs, HookContext context) throws IOException {
      context.part().put(1_000_000L, logs.name(), new byte[0]);
    }

    @Override
    public void close(Window window, WindowFacts facts, HookContext context) throws IOException {
      var lines = context.output("count").lines();
      while (facts.nextKey()) {
        int count = 0;
        while (facts.next()) {
          count++;
        }
        lines.line(facts.key() + " " + count);
      }
    }
  }

  private static CalledHook windowHook() {
    return TestHooks.called("p/Counting", 1, new Counting());
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
