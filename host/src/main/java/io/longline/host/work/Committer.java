package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.call.EndedCall;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.HostLedger.BatchState;
import io.longline.host.ledger.HostLedger.Recorded;
import io.longline.host.ledger.HostLedger.Result;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.Outcome;
import io.longline.host.ledger.Session;
import io.longline.host.output.OutputFailedException;
import io.longline.host.output.OutputFiles;
import io.longline.host.output.StagedOutputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how calls ended and makes their outputs visible, on a thread of its own. Thread-safe.
 *
 * <p>What ended in the meantime is recorded together, so that a group of calls costs one wait for
 * the disk. A ledger or a disk that cannot be written is tried again until it can: outcomes are
 * kept meanwhile, and calls wait when there are too many of them.
 */
public final class Committer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  /** Calls that may wait to be recorded; each holds what it wrote, a little of it in memory. */
  private static final int MAX_WAITING = 64;

  private final HostLedger ledger;
  private final OutputFiles outputs;
  private final OpenClaims claims;
  private final EventSink events;
  private final Consumer<Path> onBatchEnded;
  private final Clock clock;
  private final Duration pause;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Queue<HookWarning> remarks = new ConcurrentLinkedQueue<>();
  private final CountDownLatch gaveUp = new CountDownLatch(1);
  private @Nullable Thread thread;

  /** Whether recording was given up; confined to the committing thread. */
  private boolean isOver;

  private long lastComplaint = Long.MIN_VALUE;

  /** What is handed to the committing thread. */
  private sealed interface Entry {

    /** A call to be recorded. */
    record Ended(EndedCall call) implements Entry {}

    /** Counted down when everything before it is recorded and written. */
    record Mark(CountDownLatch recorded) implements Entry {}

    /** There are remarks to be recorded. */
    record Remarks() implements Entry {}

    /** The last entry. */
    record End() implements Entry {}
  }

  /**
   * A committer that is to be started.
   *
   * @param ledger takes the outcomes
   * @param outputs takes what calls wrote
   * @param claims says which call is the last of its claim; a claim is closed when all its calls
   *     are recorded
   * @param events takes outcomes, failures and remarks, once they are recorded; on the committing
   *     thread
   * @param onBatchEnded takes the directory of a batch whose last call is recorded
   * @param clock for failures of outputs
   * @param pause how long to wait before what failed is tried again
   */
  public Committer(
      HostLedger ledger,
      OutputFiles outputs,
      OpenClaims claims,
      EventSink events,
      Consumer<Path> onBatchEnded,
      Clock clock,
      Duration pause) {
    this.ledger = ledger;
    this.outputs = outputs;
    this.claims = claims;
    this.events = events;
    this.onBatchEnded = onBatchEnded;
    this.clock = clock;
    this.pause = pause;
  }

  /** Starts the thread. */
  public void start(ThreadFactory factory) {
    thread = factory.newThread(this::commitAll);
    thread.start();
  }

  /** Hands a call over; waits while too many are waiting. */
  void submit(EndedCall call) {
    put(new Entry.Ended(call));
  }

  /** Waits, whoever interrupts, until what was handed over is recorded and written, or given up. */
  public void awaitRecorded() {
    var recorded = new CountDownLatch(1);
    put(new Entry.Mark(recorded));
    Uninterruptibly.wait(recorded::await);
  }

  private void put(Entry entry) {
    Uninterruptibly.wait(() -> queue.put(entry));
  }

  /** Has a remark recorded soon, then reported. */
  public void remark(HookWarning remark) {
    remarks.add(remark);
    // If the queue is full, the thread is at work and finds the remark by itself.
    var unused = queue.offer(new Entry.Remarks());
  }

  /** Has the calls of a claim made again, some of which ended without a result. */
  void release(Claim claim) {
    claims.close(claim);
  }

  /** Stops trying where the ledger or a disk does not work; what is not recorded is done again. */
  public void giveUp() {
    gaveUp.countDown();
  }

  private void commitAll() {
    for (boolean more = true; more; ) {
      var group = new ArrayList<EndedCall>();
      var mark = take(group);
      more = !(mark instanceof Entry.End);
      if (!group.isEmpty() || !remarks.isEmpty()) {
        try {
          commit(group);
        } catch (RuntimeException | Error e) {
          LOG.error("Recording {} outcomes failed; the calls are made again.", group.size(), e);
          for (var call : group) {
            if (call.claim() != null) {
              claims.close(call.claim());
            }
          }
        }
        group.forEach(call -> discard(call));
      }
      if (mark instanceof Entry.Mark reached) {
        reached.recorded().countDown();
      }
    }
  }

  /** Takes what is there up to a mark, waiting for the first; the mark is null if there is none. */
  private @Nullable Entry take(List<EndedCall> group) {
    try {
      for (var next = queue.take(); next != null; next = queue.poll()) {
        if (next instanceof Entry.Ended ended) {
          group.add(ended.call());
        } else if (!(next instanceof Entry.Remarks)) {
          return next;
        }
      }
      return null;
    } catch (InterruptedException e) {
      // Nobody has reason to interrupt this thread but to end it.
      return new Entry.End();
    }
  }

  private static void discard(EndedCall call) {
    try {
      call.staged().discard();
    } catch (IOException e) {
      LOG.warn("What a call had staged could not be removed.", e);
    }
  }

  private void commit(List<EndedCall> group) {
    var remarked = takeRemarks();
    if (isOver) {
      // What is not recorded is made again; rows behind those that are missing would be lost.
      report(remarked);
      return;
    }
    var calls = group.stream().map(this::prepared).toList();
    var outcomes = new ArrayList<Outcome>();
    var onBatches = new ArrayList<EndedCall>();
    var notes = new ArrayList<HookWarning>();
    for (var call : calls) {
      if (call.claim() != null) {
        onBatches.add(call);
        outcomes.add(outcome(call, call.claim()));
      } else if (call.ending() instanceof Ending.Failed failed) {
        notes.add(failed.warning());
      }
    }
    notes.addAll(remarked);
    var recorded = record(calls, outcomes, notes);
    isOver = recorded == null;
    if (recorded != null) {
      isOver = !write();
    }
    report(remarked);
    if (recorded != null) {
      report(calls, onBatches, recorded);
      reportPauses();
    }
    for (var outcome : outcomes) {
      if (outcome.endsClaim()) {
        claims.close(outcome.claim());
      }
    }
  }

  private List<HookWarning> takeRemarks() {
    var taken = new ArrayList<HookWarning>();
    for (var remark = remarks.poll(); remark != null; remark = remarks.poll()) {
      taken.add(remark);
    }
    return taken;
  }

  private void report(List<HookWarning> remarked) {
    remarked.forEach(remark -> events.accept(new HostEvent.HookWarned(remark)));
  }

  /** The call with its outputs opened, or failed if one cannot be. */
  private EndedCall prepared(EndedCall ended) {
    if (!(ended.ending() instanceof Ending.Succeeded succeeded)) {
      return ended;
    }
    try {
      outputs.prepare(ended.staged());
      return ended;
    } catch (OutputFailedException e) {
      var warning =
          ended
              .call()
              .failure(
                  clock.instant(), IOException.class.getName(), String.valueOf(e.getMessage()), "");
      return ended.with(
          new Ending.Failed(warning, e.isDiskFull() ? Blame.HOST : Blame.HOOK, succeeded.took()));
    }
  }

  private Outcome outcome(EndedCall call, Claim claim) {
    var hook = call.call().hook();
    return new Outcome(
        claim, hook.id(), hook.pluginVersion(), call.ending(), claims.isLastCall(claim));
  }

  /** Records, again and again if need be; null if that was given up. */
  private @Nullable List<Recorded> record(
      List<EndedCall> calls, List<Outcome> outcomes, List<HookWarning> notes) {
    var attempted = new ArrayList<Recorded>();
    boolean wasAttempted = false;
    for (; ; ) {
      try {
        if (wasAttempted && outputs.wasCommitted()) {
          outputs.committed();
          return attempted;
        }
        if (!wasAttempted) {
          // Later the last attempt may be under way still, with what is in the journal.
          outputs.stage(
              calls.stream().filter(EndedCall::hasSucceeded).map(EndedCall::staged).toList());
        }
        wasAttempted = true;
        var recorded =
            ledger.record(
                outcomes,
                notes,
                new HostLedger.OutputRecorder() {
                  @Override
                  public void begin(Session session) throws SQLException {
                    outputs.begin(session);
                  }

                  @Override
                  public void record(Session session, List<Recorded> results) throws SQLException {
                    attempted.clear();
                    attempted.addAll(results);
                    outputs.record(session, staged(calls, results));
                  }
                });
        outputs.committed();
        return recorded;
      } catch (LedgerException | UncheckedIOException e) {
        complain("Outcomes of " + outcomes.size() + " calls cannot be recorded", e);
        if (isGivenUp()) {
          return null;
        }
      }
    }
  }

  /** What the calls wrote that succeeded, and that count. */
  private static List<StagedOutputs> staged(List<EndedCall> calls, List<Recorded> results) {
    var staged = new ArrayList<StagedOutputs>();
    int index = 0;
    for (var call : calls) {
      boolean counts = call.claim() == null || results.get(index++).result() == Result.SUCCEEDED;
      if (counts && call.hasSucceeded()) {
        staged.add(call.staged());
      }
    }
    return staged;
  }

  /** Writes, again and again if need be; false if that was given up. */
  private boolean write() {
    for (; ; ) {
      try {
        outputs.write();
        return true;
      } catch (IOException e) {
        complain("Rows that are committed cannot be written to their output", e);
        if (isGivenUp()) {
          LOG.warn("They are written when a host starts with this output folder.");
          return false;
        }
      }
    }
  }

  /** Once in a while, since it comes again and again until somebody fixes it. */
  private void complain(String what, Exception e) {
    long now = System.nanoTime();
    if (lastComplaint == Long.MIN_VALUE || now - lastComplaint > 30_000_000_000L) {
      lastComplaint = now;
      var cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
      var reason = String.valueOf(cause.getMessage()).strip();
      var end = reason.endsWith(".") ? "" : ".";
      LOG.error("{}: {}{} They are kept and tried again.", what, reason, end);
      LOG.debug("The cause.", e);
    }
  }

  private boolean isGivenUp() {
    try {
      return gaveUp.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void report(List<EndedCall> calls, List<EndedCall> onBatches, List<Recorded> recorded) {
    for (var call : calls) {
      if (call.claim() == null) {
        report(call, call.ending());
      }
    }
    for (int i = 0; i < recorded.size(); i++) {
      report(onBatches.get(i), recorded.get(i));
    }
  }

  private void report(EndedCall ended, Recorded recorded) {
    var hook = ended.call().hook().id();
    var directory = Objects.requireNonNull(ended.call().directory());
    switch (recorded.result()) {
      case SUCCEEDED, RETRY -> report(ended, recorded.ending(ended.ending()));
      case DEAD -> {
        report(ended, recorded.ending(ended.ending()));
        events.accept(new HostEvent.CallDead(hook, directory));
      }
      case LOST -> events.accept(new HostEvent.CallLost(hook, directory));
      case POSTPONED -> {
        // It is reported when it was made.
      }
    }
    if (recorded.batch() == BatchState.DONE || recorded.batch() == BatchState.PARKED) {
      onBatchEnded.accept(directory);
      events.accept(new HostEvent.BatchFinished(directory, recorded.batch() == BatchState.PARKED));
    }
  }

  private void reportPauses() {
    for (var pause : ledger.newPauses()) {
      events.accept(
          new HostEvent.HookPaused(pause.hook(), Instant.ofEpochMilli(pause.until()), pause.why()));
    }
  }

  private void report(EndedCall ended, Ending ending) {
    if (ending instanceof Ending.Failed failed) {
      events.accept(new HostEvent.HookWarned(failed.warning()));
    }
    var call = ended.call();
    events.accept(
        new HostEvent.CallEnded(
            call.hook().id(), call.site(), call.directory(), call.attempt(), ending));
  }

  /** Records what was handed over, and ends. */
  @Override
  public void close() {
    put(new Entry.End());
    boolean wasInterrupted = false;
    for (boolean hasEnded = false; !hasEnded; ) {
      try {
        Objects.requireNonNull(thread, "started").join();
        hasEnded = true;
      } catch (InterruptedException e) {
        wasInterrupted = true;
        giveUp();
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
