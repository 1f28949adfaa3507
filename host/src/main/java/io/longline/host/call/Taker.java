package io.longline.host.call;

import io.longline.api.RecordSink;
import io.longline.api.internal.SinkRows;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.ReadReport;
import io.longline.zeek.RecordBlock;
import io.longline.zeek.RecordPart;
import io.longline.zeek.ZeekFormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A hook that takes part in a scan, with its call and its sink. Threads hand it rows one after the
 * other; the rest is confined to the thread of the scan.
 */
final class Taker {

  /** How long to wait for another thread that is handing rows to a hook. */
  private static final long LEAVE_MILLIS = 1_000;

  /** The number of logs whose rows are held back; of more, nothing is reported. */
  private static final int MAX_HELD = 1_000;

  private final OpenAssignment active;
  private final OpenCall call;
  private final RecordSink sink;
  private final ClassLoader loader;
  private final ReentrantLock lock = new ReentrantLock();
  private final SinkRows rows = new SinkRows();
  private final MissingFields missing = new MissingFields();
  private final Set<String> logsWithRows = new HashSet<>();

  /** Rows that count as bad lines if the sink takes a good one yet. */
  private final List<ReadReport> held = new ArrayList<>();

  /** Whether it has failed, and gets no more rows. */
  private boolean isOut;

  private boolean isClosed;

  Taker(OpenAssignment active, OpenCall call, RecordSink sink) {
    this.active = active;
    this.call = call;
    this.sink = sink;
    this.loader = call.call().hook().classLoader();
  }

  OpenCall call() {
    return call;
  }

  CalledHook hook() {
    return call.call().hook();
  }

  ClassLoader loader() {
    return loader;
  }

  void begin(String path) {
    call.make(context -> sink.begin(path));
  }

  /**
   * Takes rows, unless it has left the scan; other threads wait meanwhile.
   *
   * @param bad takes the rows that are bad for it
   * @return whether it wants more
   */
  boolean take(RecordBlock block, RecordPart part, BadLines bad) {
    awaitTurn();
    try {
      return !isOut && takeAlone(block, part, bad);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the reading of a file, or of a part of it. */
  void endOf(String path, List<ReadReport.MissingField> lacking, BadLines bad) {
    awaitTurn();
    try {
      if (bad.hasRows()) {
        logsWithRows.add(path);
      }
      missing.take(path, lacking);
      if (rows.hasGood()) {
        bad.release(rows);
      }
      var report = bad.end(rows, SinkRows.LEAST - 1);
      if (report != null && held.size() < MAX_HELD) {
        held.add(report);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Only an interrupt of the watchdog ends the wait; other interrupts were meant for other code.
   */
  private void awaitTurn() {
    for (; ; ) {
      try {
        lock.lockInterruptibly();
        return;
      } catch (InterruptedException e) {
        if (active.isGivenUp()) {
          throw new GivenUpError();
        }
      }
    }
  }

  private boolean takeAlone(RecordBlock block, RecordPart part, BadLines bad) {
    call.begin();
    try {
      int count = block.size();
      for (int i = 0; i < count && !isOut; i++) {
        var row = part.of(block, i);
        try {
          sink.accept(row);
          rows.good();
        } catch (ZeekFormatException e) {
          rows.bad(e, row);
          call.cancelRows();
          bad.take(rows, i, e);
        } catch (Throwable thrown) {
          isOut = true;
          call.fail(thrown);
        }
      }
    } finally {
      call.end(Thread.currentThread());
    }
    if (rows.hasGood()) {
      bad.release(rows);
    }
    isOut |= call.hasFailed();
    return !isOut;
  }

  /**
   * Finishes the sink after all logs are read; anything it writes later is too late. If every row
   * was bad for it, its call has failed.
   *
   * @param damaged takes reports of rows that were held back, and are bad lines after all
   */
  void finish(Consumer<ReadReport> damaged) {
    var failure = rows.failure(hook().id());
    if (failure == null) {
      held.forEach(damaged);
    } else {
      call.fail(failure);
    }
    call.make(context -> sink.finish());
    call.complete();
  }

  /** The paths of the logs that had rows. */
  Set<String> logsWithRows() {
    return logsWithRows;
  }

  /** Hands out each field that its logs do not have, with the path of the log. */
  void forEachMissing(BiConsumer<String, ReadReport.MissingField> consumer) {
    missing.forEach(consumer);
  }

  /**
   * Takes it out of the scan when no other thread is using it.
   *
   * @return false if another thread still uses it after a while
   */
  boolean leave() {
    try {
      if (!lock.tryLock(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
      isOut = true;
      lock.unlock();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Always closes the sink; an exception now does not change how the call ends. Closing counts as
   * time of the call, so that a sink that hangs here is found.
   */
  void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    var thread = Thread.currentThread();
    var loaderBefore = thread.getContextClassLoader();
    call.begin();
    try {
      thread.setContextClassLoader(loader);
      sink.close();
    } catch (Throwable thrown) {
      call.closeFailed(thrown);
    } finally {
      thread.setContextClassLoader(loaderBefore);
      call.end(thread);
    }
  }

  /**
   * Closes the sink of a call that will be made again, on a thread of its own, and waits for it a
   * while.
   *
   * @return false if it still closes then
   */
  boolean closeElsewhere() {
    if (isClosed) {
      return true;
    }
    isClosed = true;
    var thread =
        new Thread(
            () -> {
              try {
                sink.close();
              } catch (Throwable thrown) {
                call.closeFailed(thrown);
              }
            },
            "sink-closer");
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(LEAVE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
