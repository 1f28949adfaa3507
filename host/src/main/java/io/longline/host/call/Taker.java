package io.longline.host.call;

import io.longline.api.RecordSink;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookThread;
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
   * @param isBad the rows that are counted as bad lines; each row counts once, whichever hook finds
   *     it bad
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

  /** Finishes the sink after all logs are read; anything it writes later is too late. */
  void finish() {
    call.make(context -> sink.finish());
    call.complete();
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

  /** Closes the sink of a call that will be made again, on a thread that was given up. */
  void closeLater() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    var thread =
        new Thread(
            () -> {
              HookThread.enter(hook().id());
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
