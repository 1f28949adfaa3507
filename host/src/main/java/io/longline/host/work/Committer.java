package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.call.EndedCall;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerGoneException;
import io.longline.host.ledger.Recording;
import io.longline.host.output.HostFiles;
import io.longline.host.output.OutputCommit;
import io.longline.host.output.OutputFailedException;
import io.longline.host.output.OutputFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how calls ended and makes their outputs visible, on a thread of its own. Thread-safe.
 *
 * <p>Calls that end in the meantime are recorded together, so that a group of calls costs one wait
 * for the disk. A ledger or a disk that cannot be written is retried until it can: outcomes are
 * kept meanwhile, and calls wait when there are too many of them.
 */
public final class Committer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  /** How long one pass may take, before this loop counts as stuck. */
  private static final Duration PASS_LIMIT = Duration.ofMinutes(15);

  private final HostLedger ledger;
  private final OutputFiles outputs;
  private final OpenClaims claims;
  private final CommitReports reports;
  private final WindowCommits windows;
  private final Clock clock;
  private final Duration pause;
  private final CommitQueue queue = new CommitQueue();
  private final CountDownLatch gaveUp = new CountDownLatch(1);
  private @Nullable Thread thread;

  /** Whether recording was given up; confined to the committing thread. */
  private boolean isOver;

  /** Whether everything is committed; set by the committing thread. */
  private volatile boolean hasEnded;

  private final Shortages shortages = new Shortages();

  private long lastComplaint = Long.MIN_VALUE;

  /**
   * Creates a committer, which is yet to be started.
   *
   * @param ledger receives the outcomes
   * @param files receive the output of calls, parts, and what windows write
   * @param claims determines which call is the last of its claim; a claim is closed when all its
   *     calls are recorded
   * @param events receives outcomes, failures and remarks, once they are recorded; on the
   *     committing thread
   * @param onBatchEnded receives the directory of a batch whose last call is recorded
   * @param clock for failures of outputs
   * @param pause how long to wait before a failed step is tried again
   */
  public Committer(
      HostLedger ledger,
      HostFiles files,
      OpenClaims claims,
      EventSink events,
      Consumer<Path> onBatchEnded,
      Clock clock,
      Duration pause) {
    this.ledger = ledger;
    this.outputs = files.outputs();
    this.windows = new WindowCommits(files.windows());
    this.claims = claims;
    this.reports = new CommitReports(events, onBatchEnded);
    this.clock = clock;
    this.pause = pause;
  }

  /** Starts the thread. */
  void start(HostLoops loops) {
    thread = loops.start("committer", PASS_LIMIT, this::commitAll, () -> hasEnded);
  }

  /** Hands a call over; waits while the queue is full. */
  void submit(EndedCall call) {
    queue.add(call);
  }

  /** Has a remark recorded soon, then reported. */
  public void remark(HookWarning remark) {
    queue.add(remark);
  }

  /** Has a damaged log recorded soon. */
  public void damaged(HostEvent.LogDamaged log) {
    queue.add(log);
  }

  /** Waits uninterruptibly until everything handed over is recorded and written, or given up. */
  public void awaitRecorded() {
    queue.awaitRecorded();
  }

  /** Has the calls of a claim made again after some of them ended without a result. */
  void release(Claim claim) {
    claims.close(claim);
  }

  /**
   * Stops retrying when the ledger or a disk does not work; calls that are not recorded are made
   * again.
   */
  public void giveUp() {
    gaveUp.countDown();
  }

  /**
   * Commits until the end. Nothing that goes wrong in a commit for no known reason is tried again:
   * nobody knows how much of it is recorded, and the next commit could take its place. The host
   * ends, and the next start finds out.
   */
  private void commitAll() {
    try {
      while (!hasEnded) {
        HostThread.rest();
        var taken = queue.take();
        HostThread.pass();
        try {
          commitTaken(taken);
        } finally {
          if (taken.mark() != null) {
            taken.mark().countDown();
          }
        }
        hasEnded = taken.isLast();
      }
    } finally {
      queue.abandon();
    }
  }

  private void commitTaken(CommitQueue.Taken taken) {
    if (!taken.isEmpty()) {
      recordDamaged(taken.damaged());
      commit(taken.calls(), taken.remarks());
      taken.calls().forEach(Committer::discard);
    }
  }

  private void recordDamaged(List<HostEvent.LogDamaged> logs) {
    if (!isOver && !logs.isEmpty()) {
      var recorded =
          untilDone(
              logs.size() + " damaged logs cannot be recorded",
              () -> {
                ledger.recordDamaged(logs);
                return logs;
              });
      isOver = recorded == null;
    }
  }

  private static void discard(EndedCall call) {
    try {
      call.staged().discard();
    } catch (IOException e) {
      LOG.warn("The staged output of a call could not be removed.", e);
    }
  }

  private void commit(List<EndedCall> ended, List<HookWarning> remarked) {
    if (isOver) {
      // Unrecorded calls are made again; rows after the missing ones would be lost.
      reports.remarks(remarked);
      return;
    }
    var prepared = ended.stream().map(this::prepared).toList();
    var staged =
        untilDone("Parts and outputs of windows cannot be written", () -> windows.stage(prepared));
    var group =
        CallGroup.of(prepared, claims, staged == null ? WindowCommits.Staged.NOTHING : staged);
    var recording = staged == null ? null : record(group, remarked);
    isOver = recording == null || !write(recording.outputs()) || !publish(group, recording);
    reports.remarks(remarked);
    if (recording != null) {
      report(group, recording);
    }
    group.endedClaims().forEach(claims::close);
  }

  /** The call with its outputs opened, or failed if one cannot be. */
  private EndedCall prepared(EndedCall ended) {
    if (!(ended.ending() instanceof Ending.Succeeded succeeded)) {
      return ended;
    }
    if (ended.call().site() == Site.WINDOW) {
      return ended;
    }
    try {
      outputs.prepare(ended.staged());
      return ended;
    } catch (OutputFailedException e) {
      return failed(ended, succeeded, e, e.isOfTheSystem() ? Blame.HOST : Blame.HOOK);
    } catch (RuntimeException e) {
      return failed(ended, succeeded, e, Blame.HOOK);
    }
  }

  private EndedCall failed(
      EndedCall ended, Ending.Succeeded succeeded, Exception why, Blame blame) {
    var thrown = why instanceof IOException ? IOException.class : why.getClass();
    var warning =
        ended
            .call()
            .failure(clock.instant(), thrown.getName(), String.valueOf(why.getMessage()), "");
    return ended.with(new Ending.Failed(warning, blame, succeeded.took()));
  }

  /** Records a group of calls; null if recording was given up. */
  private @Nullable Recording record(CallGroup group, List<HookWarning> remarked) {
    var notes = new ArrayList<>(group.failuresAtExit());
    notes.addAll(remarked);
    var problem = "Outcomes of " + group.outcomes().size() + " calls cannot be recorded";
    // Staged once: a transaction whose reply was lost may still be under way, with these bytes.
    var staged = untilDone(problem, () -> outputs.stage(group.written()));
    if (staged == null) {
      return null;
    }
    return untilDone(
        problem,
        () ->
            ledger.record(
                group.outcomes(),
                notes,
                staged,
                lost -> outputs.restage(staged, group.writtenWithout(lost))));
  }

  /** Writes recorded outputs to their files; false if writing was given up. */
  private boolean write(OutputCommit recorded) {
    var written =
        untilDone(
            "Committed rows cannot be written to their output files",
            () -> {
              outputs.commit(recorded);
              return recorded;
            });
    if (written == null) {
      LOG.warn("They are written when a host starts with this output folder.");
    }
    return written != null;
  }

  /** Makes visible what windows have written; false if that was given up. */
  private boolean publish(CallGroup group, Recording recording) {
    var published =
        untilDone(
            "Outputs of windows cannot be put in their places",
            () -> {
              for (int i = 0; i < recording.calls().size(); i++) {
                windows.publish(group.onBatches().get(i), recording.calls().get(i));
              }
              return recording;
            });
    return published != null;
  }

  /** A step of a commit, which may be made again after it failed. */
  private interface Step<T> {
    T make() throws IOException;
  }

  /** Makes a step, repeatedly if necessary; null if it was given up. */
  private <T> @Nullable T untilDone(String problem, Step<T> step) {
    for (; ; ) {
      HostThread.pass();
      try {
        T made = step.make();
        shortages.clear();
        return made;
      } catch (LedgerGoneException e) {
        throw new UncheckedIOException(e);
      } catch (IOException | UncheckedIOException e) {
        complain(problem, e);
      } catch (OutOfMemoryError e) {
        shortages.count(e);
        complain(problem, e);
      }
      if (Uninterruptibly.pause(gaveUp, pause.toMillis())) {
        return null;
      }
    }
  }

  /** Logged only now and then, since the problem recurs until it is fixed. */
  private void complain(String what, Throwable e) {
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

  private void report(CallGroup group, Recording recording) {
    group.atExit().forEach(reports::atExit);
    for (int i = 0; i < recording.calls().size(); i++) {
      reports.onBatch(group.onBatches().get(i), recording.calls().get(i));
    }
    reports.pauses(ledger.newPauses());
  }

  /** Records everything handed over, and ends. */
  @Override
  public void close() {
    queue.end();
    boolean wasInterrupted = false;
    for (boolean isJoined = false; !isJoined; ) {
      try {
        Objects.requireNonNull(thread, "started").join();
        isJoined = true;
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
