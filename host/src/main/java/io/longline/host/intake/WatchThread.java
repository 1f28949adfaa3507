package io.longline.host.intake;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.ledger.LedgerGoneException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a {@link Watcher} look again and again: at an interval, and sooner when the file system
 * reports a change. Thread-safe.
 *
 * <p>The file system is asked to report changes in the roots and in the directories that wait, as
 * far as its limits allow; network file systems report none, and there the interval alone counts.
 */
public final class WatchThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WatchThread.class);

  private static final int MAX_WATCHED = 1_000;

  /** Between two looks, since changes come in bursts. */
  private static final long MIN_PAUSE_MILLIS = 200;

  private static final long CLOSE_MILLIS = 10_000;

  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  /** How long one pass may take, before this loop counts as stuck. */
  private static final Duration PASS_LIMIT = Duration.ofMinutes(15);

  private final Watcher watcher;
  private final @Nullable Pruner pruner;
  private final List<Path> roots;
  private final Duration interval;
  private final @Nullable WatchService changes;
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private boolean isComplaining;

  /**
   * Starts to look.
   *
   * @param interval how long to wait between two looks if no change is reported
   * @param pruner prunes the ledger after each look; null for never
   * @param loops starts the thread
   */
  public WatchThread(
      Watcher watcher,
      List<Path> roots,
      Duration interval,
      @Nullable Pruner pruner,
      HostLoops loops) {
    this.watcher = watcher;
    this.pruner = pruner;
    this.roots = roots;
    this.interval = interval;
    this.changes = watchService();
    this.thread = loops.start("watch", PASS_LIMIT, this::lookAll, () -> closed.getCount() == 0);
  }

  private static @Nullable WatchService watchService() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info("The file system reports no changes; Longline looks for them at intervals only.", e);
      return null;
    }
  }

  private void lookAll() {
    while (closed.getCount() > 0) {
      HostThread.pass();
      long start = System.nanoTime();
      long pause = look() ? interval.toMillis() : PAUSE_AFTER_FAILURE_MILLIS;
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      HostThread.rest();
      pause(Math.max(pause, took), Math.max(MIN_PAUSE_MILLIS, 4 * took));
    }
  }

  private boolean look() {
    try {
      watcher.look();
      watchWaiting();
      if (pruner != null) {
        pruner.pruneIfDue();
      }
      isComplaining = false;
      return true;
    } catch (LedgerGoneException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedIOException e) {
      // The host is ending.
      return true;
    } catch (IOException e) {
      if (!isComplaining) {
        LOG.error("{} Looking again every second.", e.getMessage());
        isComplaining = true;
      }
      return false;
    } catch (RuntimeException e) {
      LOG.error("Looking for log directories failed; trying again.", e);
      return false;
    }
  }

  private void watchWaiting() {
    var service = changes;
    if (service == null) {
      return;
    }
    var wanted = new HashSet<>(roots);
    watcher.waiting().stream().limit(MAX_WATCHED).forEach(wanted::add);
    watched
        .entrySet()
        .removeIf(
            each -> {
              boolean isOld = !wanted.contains(each.getKey());
              if (isOld) {
                each.getValue().cancel();
              }
              return isOld;
            });
    for (var path : wanted) {
      try {
        if (!watched.containsKey(path)) {
          watched.put(
              path,
              path.register(
                  service,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_MODIFY,
                  StandardWatchEventKinds.ENTRY_DELETE));
        }
      } catch (IOException e) {
        LOG.debug(
            "The file system reports no changes in {}; Longline looks for them at intervals only.",
            path,
            e);
      }
    }
  }

  /** Waits until the time is over or something changes, but at least for the shorter time. */
  private void pause(long millis, long leastMillis) {
    var service = changes;
    if (service == null) {
      var unused = Uninterruptibly.pause(closed, millis);
      return;
    }
    try {
      var key = service.poll(millis, TimeUnit.MILLISECONDS);
      if (key != null) {
        var unused = Uninterruptibly.pause(closed, Math.min(leastMillis, millis));
        for (; key != null; key = service.poll()) {
          key.pollEvents();
          key.reset();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("An interrupt ends only this wait.", e);
    } catch (ClosedWatchServiceException e) {
      LOG.debug("The file system reports no more changes.", e);
      // If it was not closed by this object, the loop must not run hot.
      var unused = Uninterruptibly.pause(closed, millis);
    }
  }

  /** Stops looking; waits for a look that is under way, but not for a file system that hangs. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (changes != null) {
        changes.close();
      }
    } catch (IOException e) {
      LOG.debug("The watch service could not be closed.", e);
    }
    Uninterruptibly.wait(() -> thread.join(CLOSE_MILLIS));
    if (thread.isAlive()) {
      LOG.warn("A look at the watched folders hangs; the host ends without it.");
    }
  }
}
