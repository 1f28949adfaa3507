package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.api.PermanentFailureException;
import io.longline.host.ledger.Claim;
import io.longline.host.output.StagedOutputs;
import io.longline.host.output.StagingFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hook that is being made, in one step or in many: whatever a step throws is its
 * outcome, and no further step is made. Confined to one thread at a time.
 */
final class OpenCall {

  private static final int MAX_CAUSES = 10;

  private final RunContext.Subject subject;
  private final @Nullable Claim claim;
  private final RunContext context;
  private final StagedOutputs staged;
  private final LongSupplier nanoTime;
  private final BiFunction<RunContext.Subject, Throwable, HookWarning> describe;
  private @Nullable HookWarning failure;
  private boolean isPermanent;
  private boolean isComplete;
  private boolean isCharged = true;
  private long tookNanos;

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
  }

  RunContext.Subject subject() {
    return subject;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Makes a step, unless one has failed. */
  void make(Step step) {
    if (failure != null) {
      return;
    }
    long start = nanoTime.getAsLong();
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(subject.hook().classLoader());
      step.make(context);
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      thread.setContextClassLoader(loaderBefore);
      // An interrupt that the hook left behind is meant neither for the outputs nor for the next
      // one.
      Thread.interrupted();
      tookNanos += nanoTime.getAsLong() - start;
    }
  }

  /** Adds time that steps took which were not made one by one. */
  void took(long nanos) {
    tookNanos += nanos;
  }

  /** Ends the call with this failure, unless one was first. */
  void fail(Throwable thrown) {
    if (failure != null) {
      return;
    }
    failure = describe.apply(subject, thrown);
    isPermanent = thrown instanceof PermanentFailureException;
    isCharged = !isOfStaging(thrown);
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

  /** Ends the call: what it wrote is complete, or gone. */
  FinishedCall end() {
    complete();
    context.end();
    return new FinishedCall(
        subject, claim, staged, failure, isPermanent, isCharged, Duration.ofNanos(tookNanos));
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
    } catch (IOException e) {
      context.logger().warn("What the call had staged could not be removed.", e);
    }
  }

  /** Whether the host could not keep what the hook wrote, whatever the hook made of that. */
  private static boolean isOfStaging(Throwable thrown) {
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
