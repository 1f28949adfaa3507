package io.longline.host.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether jars of the plugins folder have changed, on a thread of its own. A change counts
 * when the folder was the same twice, so that a jar that is being copied is left alone until it is
 * whole. Thread-safe.
 */
final class PluginWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);

  private final Path folder;
  private final Change onChange;
  private final long tickMillis;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** The folder as it was when it was taken over last; null at first. */
  private @Nullable Set<Jar> taken;

  /** The folder as it was seen last. */
  private Set<Jar> seen = Set.of();

  private boolean isComplaining;

  /** What tells whether a jar is another one. */
  private record Jar(String name, long size, long modified, @Nullable Object key) {}

  /** What to do about a change. */
  @FunctionalInterface
  interface Change {
    /** Takes it over; what is thrown has it tried again. */
    void take() throws IOException;
  }

  /**
   * Starts to look.
   *
   * @param tick how often to look
   */
  PluginWatch(Path folder, Change onChange, Duration tick, ThreadFactory factory) {
    this.folder = folder;
    this.onChange = onChange;
    this.tickMillis = tick.toMillis();
    this.thread = factory.newThread(this::lookAll);
    thread.start();
  }

  private void lookAll() {
    try {
      while (!closed.await(tickMillis, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      var now = jars();
      boolean isSettled = now.equals(seen);
      seen = now;
      if (isSettled && !now.equals(taken)) {
        onChange.take();
        taken = now;
      }
      isComplaining = false;
    } catch (IOException | RuntimeException e) {
      if (!isComplaining) {
        LOG.error("What has changed in {} cannot be taken over, and is tried again: {}", folder, e);
        isComplaining = true;
      }
    }
  }

  private Set<Jar> jars() throws IOException {
    var jars = new HashSet<Jar>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (name.toLowerCase(Locale.ROOT).endsWith(".jar")) {
          addIfFile(file, name, jars);
        }
      }
    }
    return jars;
  }

  private static void addIfFile(Path file, String name, Set<Jar> jars) throws IOException {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        jars.add(
            new Jar(
                name,
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                attributes.fileKey()));
      }
    } catch (NoSuchFileException e) {
      // It was removed just now.
    }
  }

  /** Ends the looking; waits for a change that is being taken over. */
  @Override
  public void close() {
    closed.countDown();
    boolean wasInterrupted = false;
    for (; ; ) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
