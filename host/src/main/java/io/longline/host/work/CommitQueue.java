package io.longline.host.work;

import io.longline.api.HookWarning;
import io.longline.host.call.EndedCall;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.event.HostEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of entries to be recorded: ended calls, remarks of hooks, damaged logs, and marks of
 * threads that wait until everything before them is recorded. Thread-safe; one thread takes from
 * it.
 */
final class CommitQueue {

  private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);

  /** The number of calls that may wait to be recorded; each holds its output, partly in memory. */
  private static final int MAX_WAITING = 64;

  private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(MAX_WAITING);

  /** The number of remarks, and of damaged logs, that may wait to be recorded. */
  private static final int MAX_REMARKS = 10_000;

  private final BlockingQueue<HookWarning> remarks = new ArrayBlockingQueue<>(MAX_REMARKS);

  private final BlockingQueue<HostEvent.LogDamaged> damaged = new ArrayBlockingQueue<>(MAX_REMARKS);

  /** How many remarks and damaged logs found no room. */
  private final AtomicLong leftOut = new AtomicLong();

  private volatile boolean isAbandoned;

  private sealed interface Entry {

    /** A call to be recorded. */
    record Ended(EndedCall call) implements Entry {}

    /** Counted down when everything before it is recorded and written. */
    record Mark(CountDownLatch recorded) implements Entry {}

    /** There are remarks or damaged logs to be recorded. */
    record Remarks() implements Entry {}

    /** The last entry. */
    record End() implements Entry {}
  }

  /**
   * The entries that are recorded together.
   *
   * @param calls in the order in which they ended
   * @param remarks of these calls or others
   * @param damaged the logs that these calls or others found damaged
   * @param mark to be counted down afterwards; null if no thread waits
   * @param isLast whether this group is the last
   */
  record Taken(
      List<EndedCall> calls,
      List<HookWarning> remarks,
      List<HostEvent.LogDamaged> damaged,
      @Nullable CountDownLatch mark,
      boolean isLast) {

    boolean isEmpty() {
      return calls.isEmpty() && remarks.isEmpty() && damaged.isEmpty();
    }
  }

  /** Adds a call; waits uninterruptibly while the queue is full. */
  void add(EndedCall call) {
    put(new Entry.Ended(call));
  }

  /** Adds a remark, without waiting; it is left out and counted if too many wait already. */
  void add(HookWarning remark) {
    add(remarks, remark);
  }

  /** Adds a damaged log, without waiting; it is left out and counted if too many wait already. */
  void add(HostEvent.LogDamaged log) {
    add(damaged, log);
  }

  private <T> void add(BlockingQueue<T> queue, T note) {
    if (!queue.offer(note)) {
      leftOut.incrementAndGet();
    }
    // If the entries are full, the thread is at work and finds the note by itself.
    var unused = entries.offer(new Entry.Remarks());
  }

  /** Waits uninterruptibly until all earlier entries are recorded and written, or given up. */
  void awaitRecorded() {
    var recorded = new CountDownLatch(1);
    put(new Entry.Mark(recorded));
    if (!isAbandoned) {
      Uninterruptibly.wait(recorded::await);
    }
  }

  /** Ends the queue. */
  void end() {
    put(new Entry.End());
  }

  private void put(Entry entry) {
    Uninterruptibly.wait(
        () -> {
          for (boolean isTaken = false; !isTaken && !isAbandoned; ) {
            isTaken = entries.offer(entry, 1, TimeUnit.SECONDS);
          }
        });
    if (isAbandoned) {
      abandon();
    }
  }

  /** Takes the entries up to a mark, waiting for the first. */
  Taken take() {
    var calls = new ArrayList<EndedCall>();
    var mark = takeUpToMark(calls);
    logLeftOut();
    return new Taken(
        calls,
        takeAll(remarks),
        takeAll(damaged),
        mark instanceof Entry.Mark reached ? reached.recorded() : null,
        mark instanceof Entry.End);
  }

  /** Returns the mark or the end; null if neither was found. */
  private @Nullable Entry takeUpToMark(List<EndedCall> calls) {
    for (var next = first(); next != null; next = entries.poll()) {
      if (next instanceof Entry.Ended ended) {
        calls.add(ended.call());
      } else if (!(next instanceof Entry.Remarks)) {
        return next;
      }
    }
    return null;
  }

  private Entry first() {
    for (; ; ) {
      try {
        return entries.take();
      } catch (InterruptedException e) {
        // Nobody ends this thread by an interrupt.
      }
    }
  }

  /** Has nobody wait for this queue any more; what is added from now on is forgotten. */
  void abandon() {
    isAbandoned = true;
    for (var next = entries.poll(); next != null; next = entries.poll()) {
      if (next instanceof Entry.Mark mark) {
        mark.recorded().countDown();
      }
    }
  }

  private static <T> List<T> takeAll(BlockingQueue<T> notes) {
    var taken = new ArrayList<T>();
    notes.drainTo(taken);
    return taken;
  }

  private void logLeftOut() {
    long more = leftOut.getAndSet(0);
    if (more > 0) {
      LOG.warn(
          "{} remarks of hooks and damaged logs came faster than they could be recorded, and are not in the ledger.",
          more);
    }
  }
}
