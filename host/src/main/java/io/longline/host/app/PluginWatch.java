package io.longline.host.app;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import io.longline.host.ledger.LedgerGoneException;
import io.longline.host.plugins.JarStamp;
import io.longline.host.plugins.PluginFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for changes of the jars in the plugins folder, and of what says which are trusted, on a
 * thread of its own. A change counts when two looks in a row find the folder unchanged, so that a
 * jar is left alone until it is copied completely. Thread-safe.
 */
final class PluginWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);

  /** How long one pass may take, before this loop counts as stuck. */
  private static final Duration PASS_LIMIT = Duration.ofMinutes(5);

  private final Path folder;
  private final Change onChange;
  private final long tickMillis;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /** The jars of the last change that was taken, by file name; null at first. */
  private @Nullable Map<String, JarStamp> taken;

  /** The jars of the last look, by file name. */
  private Map<String, JarStamp> seen = Map.of();

  private boolean isComplaining;

  /** Takes a change of the folder. */
  @FunctionalInterface
  interface Change {
    /** Takes the change; an exception from this has it tried again. */
    void take() throws IOException;
  }

  /**
   * Creates a watch, which is yet to be started. The initial content of the folder counts as a
   * change.
   *
   * @param tick how long to wait between two looks
   */
  PluginWatch(Path folder, Change onChange, Duration tick) {
    this.folder = folder;
    this.onChange = onChange;
    this.tickMillis = tick.toMillis();
  }

  /** Starts looking. To be called once. */
  void start(HostLoops loops) {
    thread = loops.start("plugin-watch", PASS_LIMIT, this::lookAll, () -> closed.getCount() == 0);
  }

  private void lookAll() {
    while (!Uninterruptibly.pause(closed, tickMillis)) {
      HostThread.pass();
      look();
    }
  }

  /** Looks once. Confined to the thread that looks. */
  void look() {
    try {
      var now = jars();
      boolean isSettled = now.equals(seen);
      seen = now;
      if (isSettled && !now.equals(taken)) {
        // It waits for calls of the old version, which have limits of their own.
        HostThread.rest();
        onChange.take();
        taken = now;
      }
      isComplaining = false;
    } catch (LedgerGoneException e) {
      throw new UncheckedIOException(e);
    } catch (IOException | RuntimeException | Error e) {
      if (!isComplaining) {
        LOG.error(
            "The plugins that have changed in {} could not be loaded; trying again. {}",
            folder,
            e.toString());
        LOG.debug("The cause.", e);
        isComplaining = true;
      }
    }
  }

  private Map<String, JarStamp> jars() throws IOException {
    var jars = new HashMap<String, JarStamp>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var stamp = PluginFolder.isReadByHosts(file) ? JarStamp.of(file) : null;
        if (stamp != null) {
          jars.put(file.getFileName().toString(), stamp);
        }
      }
    }
    return jars;
  }

  /** Stops looking; waits for a change that is being taken. */
  @Override
  public void close() {
    closed.countDown();
    var looking = thread;
    if (looking != null) {
      Uninterruptibly.wait(looking::join);
    }
  }
}
