package io.longline.host.intake;

import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.ledger.FileStamp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads files on threads of its own, so that a file that hangs, or takes long, holds up nobody.
 * Thread-safe.
 *
 * <p>A thread that hangs in opening or reading a file cannot be ended; it is left behind. There are
 * at most {@link #MAX_THREADS} of them.
 */
final class TimedReads {

  private static final int MAX_THREADS = 8;
  private static final int MAX_REMEMBERED = 10_000;
  private static final long SLICE_MILLIS = 100;
  private static final long IDLE_SECONDS = 10;

  private final Duration patience;
  private final Duration limit;
  private final ThreadPoolExecutor threads;
  private final Map<Path, Reading> readings =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Reading> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** A reading that has begun, of a file as it was. */
  private record Reading(FileStamp stamp, long startNanos, FutureTask<?> task) {}

  /** A file is still being read; ask again later. */
  static final class UnderWayException extends IOException {
    private static final long serialVersionUID = 1;

    UnderWayException() {
      super("It is still being read.");
    }
  }

  /**
   * Reads files.
   *
   * @param patience how long to wait for what can be asked for again
   * @param limit how long reading a file may take
   * @param factory makes the threads
   */
  TimedReads(Duration patience, Duration limit, ThreadFactory factory) {
    this.patience = patience;
    this.limit = limit;
    this.threads =
        new ThreadPoolExecutor(
            0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  /**
   * Reads a file, and waits until that is done.
   *
   * @param isEnded whether to stop waiting
   * @throws IOException if it cannot be read, or takes longer than the limit
   */
  <T> T read(Callable<T> reading, BooleanSupplier isEnded) throws IOException {
    var task = new FutureTask<>(reading);
    long end = System.nanoTime() + limit.toNanos();
    while (!start(task)) {
      if (isEnded.getAsBoolean() || System.nanoTime() - end > 0) {
        throw new UnderWayException();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    if (!await(task, limit, isEnded)) {
      task.cancel(true);
      throw tooLong();
    }
    return result(task);
  }

  /**
   * Reads a file, once as long as it is unchanged.
   *
   * @param stamp the file as it is now
   * @param isEnded whether to stop waiting
   * @throws UnderWayException if it is still being read
   * @throws IOException if it cannot be read, or takes longer than the limit
   */
  <T> T readOnce(Path file, FileStamp stamp, Callable<T> reading, BooleanSupplier isEnded)
      throws IOException {
    Reading known;
    synchronized (readings) {
      known = readings.get(file);
      if (known == null || !known.stamp().equals(stamp)) {
        cancel(known);
        known = new Reading(stamp, System.nanoTime(), new FutureTask<>(reading));
        if (!start(known.task())) {
          throw new UnderWayException();
        }
        readings.put(file, known);
      }
    }
    @SuppressWarnings("unchecked") // There is one question for each file.
    var task = (FutureTask<T>) known.task();
    if (!await(task, patience, isEnded)) {
      if (System.nanoTime() - known.startNanos() <= limit.toNanos()) {
        throw new UnderWayException();
      }
      task.cancel(true);
    }
    if (task.isCancelled()) {
      throw tooLong();
    }
    return result(task);
  }

  private static void cancel(@Nullable Reading reading) {
    if (reading != null) {
      reading.task().cancel(true);
    }
  }

  /** Starts a reading; returns false if all threads are reading. */
  private boolean start(FutureTask<?> task) {
    try {
      threads.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static boolean await(Future<?> task, Duration time, BooleanSupplier isEnded)
      throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (!task.isDone()) {
      long left = end - System.nanoTime();
      if (isEnded.getAsBoolean()) {
        throw new InterruptedIOException("Looking was ended.");
      }
      if (left <= 0) {
        return false;
      }
      long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS));
      Uninterruptibly.wait(() -> waitFor(task, slice));
    }
    return true;
  }

  private static void waitFor(Future<?> task, long nanos) throws InterruptedException {
    try {
      task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Who asks for the result gets it.
    }
  }

  private IOException tooLong() {
    return new IOException("Reading it took more than " + limit.toSeconds() + " s.");
  }

  private static <T> T result(Future<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException("It cannot be read: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("The task is done.", e);
    }
  }
}
