package io.longline.host.call;

import io.longline.api.RecordSink;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.LogReader;
import io.longline.zeek.RecordBlock;
import io.longline.zeek.RecordPart;
import io.longline.zeek.ZeekFormatException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A hook that takes part in a scan, with its call and its sink. Threads hand it rows one after the
 * other; the rest is confined to the thread of the scan.
 */
final class Taker {

  /** How long to wait for another thread that is handing rows to a hook. */
  private static final long LEAVE_MILLIS = 1_000;

  private final OpenAssignment active;
  private final OpenCall call;
  private final RecordSink sink;
  private final ClassLoader loader;
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether it has failed, and gets no more. */
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
   * Takes rows, unless it is out; other threads wait meanwhile.
   *
   * @param isBad which rows are counted as bad lines: a row is one once, whoever finds it so
   * @return whether it wants more
   */
  boolean take(RecordBlock block, RecordPart part, LogReader reader, boolean[] isBad) {
    awaitTurn();
    try {
      return !isOut && takeAlone(block, part, reader, isBad);
    } finally {
      lock.unlock();
    }
  }

  /** Only an interrupt of the watchdog ends the waiting; any other was for somebody else. */
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

  private boolean takeAlone(RecordBlock block, RecordPart part, LogReader reader, boolean[] isBad) {
    call.begin();
    try {
      int count = block.size();
      for (int i = 0; i < count && !isOut; i++) {
        try {
          sink.accept(part.of(block, i));
        } catch (ZeekFormatException e) {
          if (!isBad[i]) {
            isBad[i] = true;
            reader.countBad(e);
          }
        } catch (Throwable thrown) {
          isOut = true;
          call.fail(thrown);
        }
      }
    } finally {
      call.end(Thread.currentThread());
    }
    isOut |= call.hasFailed();
    return !isOut;
  }

  /** Every log is read; what the sink writes after this is too late. */
  void finish() {
    call.make(context -> sink.finish());
    call.complete();
  }

  /**
   * Takes it out of the scan when no other thread is about it.
   *
   * @return false if one still is after a while
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
   * Closes the sink in any case; what is thrown now does not change how the call ends. It counts as
   * time of the call, so that one that hangs here is found.
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

  /** Closes the sink of a call that is made again, on a thread that nobody waits for. */
  void closeLater() {
    if (isClosed) {
      return;
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
  }
}
