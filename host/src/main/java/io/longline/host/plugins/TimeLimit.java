package io.longline.host.plugins;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has a plugin's code do something on a thread of its own, which is given up if it takes long. */
public final class TimeLimit {

  private TimeLimit() {}

  /**
   * Does something, and waits for it.
   *
   * @param what the name of the thread
   * @throws TimeoutException if it was not done in time; the message says where it hangs
   * @throws ExecutionException with what was thrown
   * @throws InterruptedException if the waiting was interrupted; it goes on nevertheless
   */
  public static <T> T call(String what, Duration limit, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    var task = new FutureTask<>(work);
    // It inherits nothing that a plugin has left in this thread.
    var thread = new Thread(null, task, what, 0, false);
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
