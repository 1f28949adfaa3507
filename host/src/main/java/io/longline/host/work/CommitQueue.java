package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.call.EndedCall;
import io.longline.host.concurrent.Uninterruptibly;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be recorded: calls that have ended, remarks of hooks, and marks of those who wait
 * until everything before them is recorded. Thread-safe; one thread takes from it.
 */
final class CommitQueue {

  /** Calls that may wait to be recorded; each holds what it wrote, a little of it in memory. */
  private static final int MAX_WAITING = 64;

  private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Queue<HookWarning> remarks = new ConcurrentLinkedQueue<>();

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
   * What is recorded together.
   *
   * @param calls in the order in which they ended
   * @param remarks of these calls or others
   * @param mark to be counted down afterwards; null if nobody waits
   * @param isLast whether nothing comes after it
   */
  record Taken(
      List<EndedCall> calls,
      List<HookWarning> remarks,
      @Nullable CountDownLatch mark,
      boolean isLast) {

    boolean isEmpty() {
      return calls.isEmpty() && remarks.isEmpty();
    }
  }

  /** Adds a call; waits, whoever interrupts, while too many are waiting. */
  void add(EndedCall call) {
    put(new Entry.Ended(call));
  }

  /** Adds a remark, without waiting. */
  void add(HookWarning remark) {
    remarks.add(remark);
    // If the queue is full, the thread is at work and finds the remark by itself.
    var unused = entries.offer(new Entry.Remarks());
  }

  /**
   * Waits, whoever interrupts, until what was added before is recorded and written, or given up.
   */
  void awaitRecorded() {
    var recorded = new CountDownLatch(1);
    put(new Entry.Mark(recorded));
    Uninterruptibly.wait(recorded::await);
  }

  /** Says that nothing more comes. */
  void end() {
    put(new Entry.End());
  }

  private void put(Entry entry) {
    Uninterruptibly.wait(() -> entries.put(entry));
  }

  /** Takes what is there up to a mark, waiting for the first. */
  Taken take() {
    var calls = new ArrayList<EndedCall>();
    var mark = takeUpToMark(calls);
    return new Taken(
        calls,
        takeRemarks(),
        mark instanceof Entry.Mark reached ? reached.recorded() : null,
        mark instanceof Entry.End);
  }

  /** Returns the mark or the end; null if there is none yet. */
  private @Nullable Entry takeUpToMark(List<EndedCall> calls) {
    try {
      for (var next = entries.take(); next != null; next = entries.poll()) {
        if (next instanceof Entry.Ended ended) {
          calls.add(ended.call());
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

  private List<HookWarning> takeRemarks() {
    var taken = new ArrayList<HookWarning>();
    for (var remark = remarks.poll(); remark != null; remark = remarks.poll()) {
      taken.add(remark);
    }
    return taken;
  }
}
