package io.longline.host.app;

import io.longline.host.concurrent.HostLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The life of a host's plugins: which are running, how they are replaced, and their EXIT hooks.
 * Thread-safe.
 */
final class PluginLife implements AutoCloseable {

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private final AtomicReference<RunningPlugins> running;
  private final PluginUpdate update;
  private final ExitHooks exits;
  private final HostLoops loops;
  private volatile @Nullable PluginWatch watch;

  /** Whether the plugins stay as they are. */
  private boolean isEnding;

  /**
   * Creates the plugin life of a host that starts.
   *
   * @param running the plugins that run at first; later set to those that run then
   * @param update replaces them
   * @param loops starts the thread that looks for changes
   */
  PluginLife(
      AtomicReference<RunningPlugins> running,
      PluginUpdate update,
      ExitHooks exits,
      HostLoops loops) {
    this.loops = loops;
    this.running = running;
    this.update = update;
    this.exits = exits;
    exits.loaded(running().catalog().plugins());
  }

  /** The plugins that run now. */
  RunningPlugins running() {
    return Objects.requireNonNull(running.get());
  }

  /** Starts looking for changes of the plugins folder. To be called once. */
  void watch() {
    var started = new PluginWatch(running().catalog().folder(), this::update, LOOK_INTERVAL);
    watch = started;
    started.start(loops);
  }

  /**
   * Loads what has changed in the plugins folder, and waits until that is done.
   *
   * @return false if the plugins stay as they are, since the host is closing
   * @throws IOException if the folder cannot be read or the change cannot be recorded; nothing has
   *     changed in that case
   */
  synchronized boolean updateUnlessEnding() throws IOException {
    if (isEnding) {
      return false;
    }
    var before = running();
    var now = update.from(before);
    running.set(now);
    exits.loaded(now.catalog().notIn(before.catalog()));
    return true;
  }

  private void update() throws IOException {
    updateUnlessEnding();
  }

  /** Stops replacing plugins; waits for an update that is under way. */
  void endUpdates() {
    var watching = watch;
    if (watching != null) {
      watching.close();
    }
    synchronized (this) {
      isEnding = true;
    }
  }

  /** Calls the EXIT hooks of the plugins that run now, and waits until they have ended. */
  void exit() {
    exits.call(running().hooks());
  }

  /** Stops and unloads the plugins. */
  @Override
  public void close() {
    running().catalog().close();
  }
}
