package io.longline.host.call;

import io.longline.api.HookWarning;
import io.longline.api.PermanentFailureException;
import io.longline.host.concurrent.HostThread;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.event.PrintableText;
import io.longline.host.files.StagingFailedException;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.LogsUnavailableException;
import io.longline.host.output.DescriptorShortage;
import io.longline.host.output.OutputPart;
import io.longline.host.output.StagedOutputs;
import io.longline.host.plugins.HookThread;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hook that is being made, in one step or in many: anything that a step throws is the
 * outcome of the call, and no further step is made. Confined to one thread at a time, except for
 * the watchdog, which sees how long the steps have taken together, and interrupts and gives up a
 * running step.
 */
public final class OpenCall {

  private static final int MAX_CAUSES = 10;

  private final Call call;
  private final @Nullable Claim claim;
  private final CallContext context;
  private final StagedOutputs staged;
  private final LongSupplier nanoTime;
  private final BiFunction<Call, Throwable, HookWarning> describe;
  private final long opened;
  private @Nullable Failure failure;

  /** Whether the call failed since the system could not read a file. */
  private boolean hasReadingFailed;

  private boolean isComplete;

  /** The time that completed steps took, in nanoseconds. */
  private long tookNanos;

  /** The thread of the step that runs; null between steps. */
  private @Nullable Thread stepThread;

  private long stepStart;

  /** Where the call was when it was interrupted for taking too long; null if it was not. */
  private StackTraceElement @Nullable [] overrunAt;

  private long interruptedAt;
  private boolean isStallReported;
  private boolean isGivenUp;

  /** Why the call has failed. */
  private record Failure(HookWarning warning, Blame blame) {}

  /** Something that a hook is asked to do. */
  @FunctionalInterface
  interface Step {
    void make(CallContext context) throws Exception;
  }

  OpenCall(
      Call call,
      @Nullable Claim claim,
      CallContext context,
      LongSupplier nanoTime,
      BiFunction<Call, Throwable, HookWarning> describe) {
    this.call = call;
    this.claim = claim;
    this.context = context;
    this.staged = context.outputs();
    this.nanoTime = nanoTime;
    this.describe = describe;
    this.opened = nanoTime.getAsLong();
  }

  /** Which call it is. */
  public Call call() {
    return call;
  }

  /** The token of the claim of its batch; it must have one. */
  long token() {
    return Objects.requireNonNull(claim, "a call at EXIT").token();
  }

  /** A warning of a field that the hook requires and that a log does not have. */
  HookWarning missingField(String log, ReadReport.MissingField field) {
    return call.missingField(context.clock().instant(), log, field);
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
      thread.setContextClassLoader(call.hook().classLoader());
      step.make(context);
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      thread.setContextClassLoader(loaderBefore);
      end(thread);
    }
  }

  /** Begins a step on this thread; {@link #end(Thread)} must always follow. */
  synchronized void begin() {
    HookThread.enter(call.hook().id());
    stepThread = Thread.currentThread();
    stepStart = nanoTime.getAsLong();
  }

  /**
   * Ends a step. A step that took too long has failed, however it reacted to the interrupt.
   *
   * @throws GivenUpError if it was given up
   */
  void end(Thread thread) {
    HookThread.leave();
    synchronized (this) {
      if (isGivenUp) {
        throw new GivenUpError();
      }
      tookNanos += nanoTime.getAsLong() - stepStart;
      stepThread = null;
    }
    // An interrupt that was for the hook, or that it left behind, is not meant for the outputs or
    // for the next hook.
    Thread.interrupted();
    var overrun = overrunAt;
    if (overrun != null) {
      fail(tookTooLong(overrun, "It was interrupted, and then it ended."));
    }
  }

  /** How long the running step and the steps before it have taken; 0 between steps. */
  synchronized long stepNanos() {
    return stepThread == null ? 0 : tookNanos + nanoTime.getAsLong() - stepStart;
  }

  /**
   * Interrupts the running step, unless it was interrupted before.
   *
   * @return the time since the interrupt; negative if no step runs
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
      HostThread.order(thread);
    }
    return nanoTime.getAsLong() - interruptedAt;
  }

  /**
   * The stack of the running step, once, for a report that it takes long.
   *
   * @return null if no step runs, or it was reported before
   */
  synchronized StackTraceElement @Nullable [] stall() {
    var thread = stepThread;
    if (thread == null || isStallReported) {
      return null;
    }
    isStallReported = true;
    return thread.getStackTrace();
  }

  /**
   * Gives up the running step with its thread, which finds out when the hook returns. The call has
   * failed.
   *
   * @param mark run before the thread can find out
   * @return false if the step has already ended or been given up
   */
  synchronized boolean giveUp(Runnable mark) {
    var thread = stepThread;
    if (thread == null || isGivenUp) {
      return false;
    }
    mark.run();
    isGivenUp = true;
    tookNanos += nanoTime.getAsLong() - stepStart;
    context.end();
    // Its output is removed when the failure is recorded: the thread may hang while writing.
    var hung =
        tookTooLong(
            thread.getStackTrace(),
            "It was interrupted, and still did not end: its thread was given up. The next call gets a new object of the hook.");
    failure = new Failure(describe.apply(call, hung), Blame.HOOK);
    return true;
  }

  private TimeoutException tookTooLong(StackTraceElement[] stack, String then) {
    var limit = call.hook().timeout();
    var exception =
        new TimeoutException(
            "It had not ended after " + PrintableText.duration(limit) + ". " + then);
    exception.setStackTrace(stack);
    return exception;
  }

  /** Ends the call with this failure, unless it has failed already. */
  void fail(Throwable thrown) {
    if (failure != null) {
      return;
    }
    var overrun = overrunAt;
    var cause =
        overrun == null ? thrown : tookTooLong(overrun, "It was interrupted, and then it ended.");
    failure = new Failure(describe.apply(call, cause), blame(thrown));
    hasReadingFailed = hasCause(thrown, OpenCall::isOfReading);
    discard();
  }

  /** Whether the call failed since the system could not read a file. */
  boolean hasReadingFailed() {
    return hasReadingFailed;
  }

  /** The call has failed, but not by the hook's fault: logs of its batch are lost. */
  void excuse(LogsUnavailableException lost) {
    failure = new Failure(describe.apply(call, lost), blame(lost));
  }

  /** Logs something that does not change how the call ends. */
  void closeFailed(Throwable thrown) {
    context
        .logger()
        .warn(
            "Closing the sink of {} failed.\n{}",
            call.hook().id(),
            PrintableText.lines(describe.apply(call, thrown).stackTrace()));
  }

  /** Completes the output of the call, unless the call has failed. */
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

  /** Gives up the rows that the hook has begun, since it could not read a cell. */
  void cancelRows() {
    staged.cancelRows();
  }

  /** Takes output that the call wrote in another process. */
  void append(OutputPart part) {
    try {
      if (failure == null) {
        staged.append(part);
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** Takes the ending of the call in another process. */
  void take(Ending elsewhere) {
    if (elsewhere instanceof Ending.Succeeded succeeded) {
      tookNanos = succeeded.took().toNanos();
    } else if (elsewhere instanceof Ending.Failed failed) {
      tookNanos = failed.took().toNanos();
      if (failure == null) {
        failure = new Failure(failed.warning(), failed.blame());
        discard();
      }
    }
  }

  /** Ends the call: its output is complete, or discarded. */
  EndedCall end() {
    complete();
    context.end();
    context.endRemarks();
    var took = Duration.ofNanos(tookNanos);
    var failed = failure;
    return new EndedCall(
        call,
        claim,
        staged,
        failed == null
            ? new Ending.Succeeded(took)
            : new Ending.Failed(failed.warning(), failed.blame(), took));
  }

  /** Forgets the call, which will be made again: nothing of it is reported or kept. */
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
      // The thread of a call that was given up may still be writing.
      context.logger().warn("The staged output of the call could not be removed.", e);
    }
  }

  /**
   * Who is to blame for an exception: the host if it could not keep the output, however the hook
   * handled that, or had no process for the hook.
   */
  private static Blame blame(Throwable thrown) {
    if (thrown instanceof ProcessDiedException died) {
      return died.blame();
    }
    if (thrown instanceof LogsUnavailableException lost) {
      return lost.isAll() ? Blame.LOGS : Blame.HOST;
    }
    if (hasCause(thrown, StagingFailedException.class::isInstance)
        || DescriptorShortage.isCauseOf(thrown)) {
      return Blame.HOST;
    }
    return thrown instanceof PermanentFailureException ? Blame.HOOK_FOR_GOOD : Blame.HOOK;
  }

  /** An error of the system, as opposed to what a reader finds in a file. */
  private static boolean isOfReading(Throwable thrown) {
    var stack = thrown.getStackTrace();
    return thrown.getClass() == IOException.class
        && stack.length > 0
        && (stack[0].getClassName().startsWith("sun.nio.ch.")
            || stack[0].getClassName().equals("java.io.FileInputStream"));
  }

  private static boolean hasCause(Throwable thrown, Predicate<Throwable> condition) {
    int depth = 0;
    for (var each = thrown; each != null && depth < MAX_CAUSES; depth++) {
      try {
        if (condition.test(each)) {
          return true;
        }
        each = each.getCause();
      } catch (RuntimeException | Error e) {
        // A hook's own class.
        return false;
      }
    }
    return false;
  }
}
