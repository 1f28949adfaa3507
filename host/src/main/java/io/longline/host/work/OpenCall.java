package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.api.PermanentFailureException;
import io.longline.host.isolation.Message;
import io.longline.host.isolation.WorkerDiedException;
import io.longline.host.ledger.Claim;
import io.longline.host.output.OutputPart;
import io.longline.host.output.StagedOutputs;
import io.longline.host.output.StagingFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hook that is being made, in one step or in many: whatever a step throws is its
 * outcome, and no further step is made. Confined to one thread at a time, but for what the watchdog
 * does: it sees how long the steps have taken together, and interrupts, and gives up, one that
 * runs.
 */
final class OpenCall {

  private static final int MAX_CAUSES = 10;

  private final RunContext.Subject subject;
  private final @Nullable Claim claim;
  private final RunContext context;
  private final StagedOutputs staged;
  private final LongSupplier nanoTime;
  private final BiFunction<RunContext.Subject, Throwable, HookWarning> describe;
  private final long opened;
  private final AtomicReference<@Nullable Runnable> onceOver = new AtomicReference<>();
  private @Nullable HookWarning failure;
  private boolean isPermanent;
  private boolean isComplete;
  private boolean isCharged = true;

  /** What steps took that are over. */
  private long tookNanos;

  /** The thread of the step that runs; null between steps. */
  private @Nullable Thread stepThread;

  private long stepStart;

  /** Where the call was when it was interrupted for taking too long; null if it was not. */
  private StackTraceElement @Nullable [] overrunAt;

  private long interruptedAt;
  private boolean isStallTold;
  private boolean isGivenUp;

  /** Something that a hook is asked to do. */
  @FunctionalInterface
  interface Step {
    void make(RunContext context) throws Exception;
  }

  OpenCall(
      RunContext.Subject subject,
      @Nullable Claim claim,
      RunContext context,
      LongSupplier nanoTime,
      BiFunction<RunContext.Subject, Throwable, HookWarning> describe) {
    this.subject = subject;
    this.claim = claim;
    this.context = context;
    this.staged = context.outputs();
    this.nanoTime = nanoTime;
    this.describe = describe;
    this.opened = nanoTime.getAsLong();
  }

  RunContext.Subject subject() {
    return subject;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** How long ago it was opened. */
  Duration age() {
    return Duration.ofNanos(nanoTime.getAsLong() - opened);
  }

  /** Makes a step, unless one has failed. */
  void make(Step step) {
    if (failure != null) {
      return;
    }
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    begin();
    try {
      thread.setContextClassLoader(subject.hook().classLoader());
      step.make(context);
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      thread.setContextClassLoader(loaderBefore);
      end(thread);
    }
  }

  /** A step begins on this thread; to be followed by {@link #end(Thread)} in any case. */
  synchronized void begin() {
    stepThread = Thread.currentThread();
    stepStart = nanoTime.getAsLong();
  }

  /**
   * A step is over. One that took too long has failed, whatever it made of the interrupt.
   *
   * @throws GivenUpError if nobody waits for it any more
   */
  void end(Thread thread) {
    synchronized (this) {
      if (isGivenUp) {
        throw new GivenUpError();
      }
      tookNanos += nanoTime.getAsLong() - stepStart;
      stepThread = null;
    }
    // An interrupt that was for the hook, or that it left behind, is meant neither for the outputs
    // nor for the next one.
    Thread.interrupted();
    var overrun = overrunAt;
    if (overrun != null) {
      fail(tookTooLong(overrun, "It was interrupted, and ended then."));
    }
  }

  /** How long a step has been running and those before it ran; 0 between steps. */
  synchronized long stepNanos() {
    return stepThread == null ? 0 : tookNanos + nanoTime.getAsLong() - stepStart;
  }

  /**
   * Interrupts the step that runs, unless that was done.
   *
   * @return how long ago it was; negative if no step runs
   */
  synchronized long interrupt() {
    var thread = stepThread;
    if (thread == null) {
      return -1;
    }
    if (overrunAt == null) {
      overrunAt = thread.getStackTrace();
      interruptedAt = nanoTime.getAsLong();
      context.cancel();
      thread.interrupt();
    }
    return nanoTime.getAsLong() - interruptedAt;
  }

  /**
   * Where the step is, for a report that it takes long, once.
   *
   * @return null if no step runs, or it was told
   */
  synchronized StackTraceElement @Nullable [] stall() {
    var thread = stepThread;
    if (thread == null || isStallTold) {
      return null;
    }
    isStallTold = true;
    return thread.getStackTrace();
  }

  /**
   * Gives up the step that runs, with its thread: that one finds out when the hook returns. The
   * call has failed.
   *
   * @return false if the step has ended meanwhile
   */
  synchronized boolean giveUp(ActiveRun run) {
    var thread = stepThread;
    if (thread == null) {
      return false;
    }
    // Before the thread can find out.
    run.setGivenUp();
    isGivenUp = true;
    tookNanos += nanoTime.getAsLong() - stepStart;
    context.end();
    // What it wrote is removed when the failure is recorded: the thread may hang in the writing.
    failure =
        describe.apply(
            subject,
            tookTooLong(
                thread.getStackTrace(),
                "It was interrupted, and did not end then either: its thread was given up. The next call gets a new object of the hook."));
    return true;
  }

  private TimeoutException tookTooLong(StackTraceElement[] stack, String then) {
    var limit = subject.hook().timeout();
    var exception =
        new TimeoutException("It was not done after " + HookRunner.text(limit) + ". " + then);
    exception.setStackTrace(stack);
    return exception;
  }

  /** What is to be done once, when the hook has got through something, or is given up in it. */
  void onceOver(Runnable action) {
    onceOver.set(action);
  }

  /** Does it, unless it was done. */
  void over() {
    var action = onceOver.getAndSet(null);
    if (action != null) {
      action.run();
    }
  }

  /** Ends the call with this failure, unless one was first. */
  void fail(Throwable thrown) {
    if (failure != null) {
      return;
    }
    var overrun = overrunAt;
    var cause =
        overrun == null ? thrown : tookTooLong(overrun, "It was interrupted, and ended then.");
    failure = describe.apply(subject, cause);
    isPermanent = thrown instanceof PermanentFailureException;
    isCharged = !isOfHost(thrown);
    discard();
  }

  /** Tells of something that does not change the outcome. */
  void closeFailed(Throwable thrown) {
    context.logger().warn("Closing the sink of {} failed.", subject.hook().id(), thrown);
  }

  /** What the call has written is complete, unless it has failed. */
  void complete() {
    try {
      if (failure == null && !isComplete) {
        staged.complete();
        isComplete = true;
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** Takes what the call wrote in another process. */
  void append(OutputPart part) {
    try {
      if (failure == null) {
        staged.append(part);
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** Takes how the call ended in another process. */
  void take(Message.Result result) {
    tookNanos = result.took().toNanos();
    var warning = result.failure();
    if (warning != null && failure == null) {
      failure = warning;
      isPermanent = result.isPermanent();
      isCharged = result.isCharged();
      discard();
    }
  }

  /** Ends the call: what it wrote is complete, or gone. */
  FinishedCall end() {
    complete();
    context.end();
    return new FinishedCall(
        subject,
        claim,
        staged,
        failure,
        isPermanent,
        isCharged,
        false,
        Duration.ofNanos(tookNanos));
  }

  /** Forgets the call, which is made anew: nothing of it is told or kept. */
  void forget() {
    if (failure == null) {
      discard();
    }
    context.end();
  }

  private void discard() {
    try {
      staged.discard();
    } catch (IOException | RuntimeException e) {
      // The thread of a call that was given up may be writing still.
      context.logger().warn("What the call had staged could not be removed.", e);
    }
  }

  /**
   * Whether the host could not keep what the hook wrote, whatever the hook made of that, or had no
   * process for it.
   */
  private static boolean isOfHost(Throwable thrown) {
    if (thrown instanceof WorkerDiedException died) {
      return !died.isHooksDoing();
    }
    int depth = 0;
    for (var each = thrown; each != null && depth < MAX_CAUSES; depth++) {
      if (each instanceof StagingFailedException) {
        return true;
      }
      try {
        each = each.getCause();
      } catch (RuntimeException | Error e) {
        // A hook's own class.
        return false;
      }
    }
    return false;
  }
}
