package io.longline.host.plugins;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs code of a plugin on a thread of its own, which is given up after a while. Thread-safe. */
public final class TimeLimit {

  private TimeLimit() {}

  /**
   * Runs code, and waits for its result.
   *
   * @param threadName the name of the thread
   * @param limit how long to wait
   * @throws TimeoutException if it was not done in time; the message says where it hangs
   * @throws ExecutionException if it threw something, which is the cause
   * @throws InterruptedException if the waiting was interrupted; the code runs on
   */
  public static <T> T call(String threadName, Duration limit, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    var task = new FutureTask<>(work);
    // It must not inherit thread locals that a plugin has left in this thread.
    var thread = new Thread(null, task, threadName, 0, false);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var frames = thread.getStackTrace();
      thread.interrupt();
      var exception =
          new TimeoutException(frames.length == 0 ? "an unknown place" : frames[0].toString());
      exception.initCause(e);
      throw exception;
    }
  }
}
