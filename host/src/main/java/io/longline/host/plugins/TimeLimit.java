package io.longline.host.plugins;

import io.longline.host.concurrent.HostThread;
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
   * @param task what is done, which is the first part of the name of the thread
   * @param plugin the plugin's id; what the code prints is logged under it
   * @param limit how long to wait
   * @throws TimeoutException if it was not done in time; the message says where it hangs
   * @throws ExecutionException if it threw something, which is the cause
   * @throws InterruptedException if the waiting was interrupted; the code runs on
   */
  public static <T> T call(String task, String plugin, Duration limit, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    var marked =
        new FutureTask<>(
            () -> {
              HookThread.enter(plugin);
              return work.call();
            });
    var thread = new HostThread(marked, task + "-" + plugin);
    thread.start();
    try {
      return marked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var frames = thread.getStackTrace();
      HostThread.order(thread);
      var exception =
          new TimeoutException(frames.length == 0 ? "an unknown place" : frames[0].toString());
      exception.initCause(e);
      throw exception;
    }
  }
}
