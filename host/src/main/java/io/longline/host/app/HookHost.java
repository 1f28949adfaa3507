package io.longline.host.app;

import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.WatchSettings;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.RunningCall;
import io.longline.host.plugins.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running host. It calls every hook on every log directory that is submitted, and the EXIT hooks
 * when it is closed. Thread-safe.
 *
 * <pre>{@code
 * try (var host = HookHost.start(HostSettings.builder(plugins, output).build())) {
 *   host.submit(logs);
 * }
 * }</pre>
 *
 * <p>Closing drains the host: nothing new is taken, queued batches are finished, then the EXIT
 * hooks run, the outputs are ended and the plugins are unloaded. With {@link #stopQueue()} before
 * it, queued batches stay in the ledger, where the next host finds them; a killed host leaves them
 * there too.
 */
public final class HookHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HookHost.class);

  /** How often the end of a host without memory is tried, with a pause after each. */
  private static final int MAX_TRIES = 100;

  private static final long PAUSE_MILLIS = 100;

  /** The life of a host; it only goes forward. */
  private enum State {
    RUNNING,
    STOPPING,
    STOPPED
  }

  private final HostParts parts;
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final long startNanos = System.nanoTime();
  private volatile Duration took = Duration.ZERO;

  private HookHost(HostParts parts) {
    this.parts = parts;
    new HostThread(this::endIfBroken, "host-failure").start();
  }

  private void endIfBroken() {
    if (!parts.loops().awaitFailure()) {
      return;
    }
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      try {
        fail(Objects.requireNonNull(parts.loops().failure()));
        return;
      } catch (OutOfMemoryError e) {
        sleep();
      }
    }
  }

  private static void sleep() {
    try {
      // Unlike a latch, this needs no memory.
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      // Nobody ends this thread by an interrupt.
    }
  }

  /** Leaves everything that can be left; whoever waits for the host closes it. */
  private void fail(HostLoops.Failure failure) {
    stopQueue();
    parts.work().cancel();
    LOG.error(
        "{} The host ends; what is not done stays in the ledger, for the next start.",
        failure.sentence());
    LOG.debug("The cause.", failure.cause());
    parts.results().events().accept(new HostEvent.HostFailed(failure.sentence()));
  }

  /**
   * Loads the plugins, takes possession of the output folder and starts the workers.
   *
   * @throws HostRefusedException if it cannot start; nothing is left running
   */
  public static HookHost start(HostSettings settings) throws HostRefusedException {
    return new HookHost(HostAssembly.start(settings));
  }

  /**
   * Queues the log directories that a path names: the path itself if it holds Zeek logs, else those
   * below it. When this returns, they are in the ledger. A directory that was submitted before is
   * not processed again.
   *
   * @return how many directories were found, and what cannot be used: a path that does not exist,
   *     is a file, cannot be read or holds no log. This is reported as events and in the summary
   *     too, and nothing is thrown for it
   * @throws IllegalStateException if the host is closing
   */
  public Submission submit(Path path) {
    return submit(path.toString());
  }

  /**
   * Queues logs by their files, whatever they are called: those of one folder are a batch. When
   * this returns, they are in the ledger.
   *
   * @return how many folders they are in, and which files cannot be used, as for {@link
   *     #submit(Path)}
   * @throws IllegalStateException if the host is closing
   */
  public Submission submitFiles(Collection<Path> files) {
    checkRunning("The host takes nothing more; it is closing.");
    return parts.intake().submitFiles(files);
  }

  /**
   * Queues the log directories that a path names, as {@link #submit(Path)} does. A text that is not
   * a path cannot be used.
   *
   * @throws IllegalStateException if the host is closing
   */
  public Submission submit(String path) {
    checkRunning("The host takes nothing more; it is closing.");
    return parts.intake().submit(path);
  }

  /**
   * Watches folders until the host is closed. To be called once.
   *
   * @throws IllegalStateException if the host is closing
   */
  public void watch(WatchSettings watch) {
    checkRunning("The host takes nothing more; it is closing.");
    parts.intake().watch(watch);
    parts.plugins().watch();
  }

  private void checkRunning(String otherwise) {
    if (state.get() != State.RUNNING) {
      throw new IllegalStateException(otherwise);
    }
  }

  /**
   * Replaces the plugins that have changed in the plugins folder: a new jar is verified and loaded
   * beside the old one; the old one's running calls end and its EXIT hooks run before it is
   * unloaded. If the new one is bad, the old one stays, and an event reports that. Returns when all
   * of this is done. It happens automatically while the host watches folders.
   *
   * @throws IOException if the folder cannot be read, or the ledger cannot be written; nothing has
   *     changed in that case
   * @throws IllegalStateException if the host is closing, or a listener calls this, since the host
   *     waits for its listeners
   */
  public void updatePlugins() throws IOException {
    if (parts.results().events().isHandingOut()) {
      throw new IllegalStateException(
          "A listener cannot wait for the host, which waits for the listener.");
    }
    var otherwise = "The plugins stay as they are; the host is closing.";
    checkRunning(otherwise);
    if (!parts.plugins().updateUnlessEnding()) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** Reports a path that was named and cannot be used; it counts as a problem. */
  public void reject(String path, String reason) {
    parts.intake().reject(path, reason);
  }

  /**
   * Takes nothing new and leaves the queued batches; calls that are being made continue to their
   * end. Close the host afterwards.
   */
  public void stopQueue() {
    parts.intake().stop();
    parts.work().workers().abandonQueue();
  }

  /**
   * Starts a thread that belongs to the host: it is only interrupted by its own code, and if it
   * ends with an exception or an error, the host ends with it.
   *
   * @param name the name of the thread, which no other of the host has
   */
  public void startThread(String name, Runnable task) {
    parts.loops().start(name, task, () -> true);
  }

  /**
   * Why the host cannot go on: one of its threads has ended for a reason of its own, such as a lack
   * of memory, or the ledger is gone. It takes nothing new then, and is to be closed.
   *
   * @return a sentence; empty if the host can go on
   */
  public Optional<String> failure() {
    return Optional.ofNullable(parts.loops().failure()).map(HostLoops.Failure::sentence);
  }

  /**
   * The threads of the host that have ended for a reason of their own, or have worked on one thing
   * for longer than they ever should, by name; most likely they hang. Empty if all is well.
   */
  public List<String> stuckThreads() {
    return parts.loops().all().stream()
        .filter(loop -> !loop.isWell())
        .map(HostLoops.Loop::name)
        .toList();
  }

  /**
   * Waits until the host cannot go on, or is closed; an interrupt does not end the wait. Also if
   * there is no memory, it returns for a thread that has begun to wait before.
   *
   * @return whether the host cannot go on
   */
  public boolean awaitFailure() {
    return parts.loops().awaitFailure();
  }

  /** The plugins that were found, as they are now. */
  public PluginCatalog plugins() {
    return parts.plugins().running().catalog();
  }

  /** Masks the secrets of the plugins' settings in a text. Thread-safe. */
  public String masked(String text) {
    return parts.secrets().masked(text);
  }

  /** The calls on log directories that are being made at the moment. Thread-safe. */
  public List<RunningCall> running() {
    return parts.work().workers().running();
  }

  /** A summary of the work so far, or of all of it after closing. */
  public HostSummary summary() {
    var running = parts.plugins().running();
    return parts
        .results()
        .collector()
        .summary(
            running.hooks(),
            running.idle(),
            running.catalog().problems(),
            parts.results().folder(),
            parts.results().written(),
            failure(),
            state.get() == State.STOPPED ? took : sinceStart());
  }

  private Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /**
   * Drains the host: finishes the queued batches (an interrupt leaves them), calls each EXIT hook
   * once, ends the outputs, unloads the plugins. A second call does nothing.
   */
  @Override
  public void close() {
    if (!state.compareAndSet(State.RUNNING, State.STOPPING)) {
      return;
    }
    parts.intake().endWatching();
    parts.plugins().endUpdates();
    if (!parts.intake().isStopped()) {
      parts.work().workers().drain(parts.retrying().waits(), parts.closing().atEnd());
    }
    boolean wasInterrupted = awaitWorkers();
    parts.work().reportMissingLogs();
    parts.plugins().exit();
    parts.work().workers().close();
    if (parts.intake().isStopped()) {
      parts.intake().reportLeft();
    }
    parts.ending().close(this::reportNotEnded);
    parts.loops().close();
    took = sinceStart();
    state.set(State.STOPPED);
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Always waits for the workers, since hooks cannot continue without their outputs and classes. An
   * interrupt leaves the queue and asks running calls to end.
   */
  private boolean awaitWorkers() {
    boolean wasInterrupted = false;
    for (; ; ) {
      try {
        parts.work().workers().await();
        return wasInterrupted;
      } catch (InterruptedException e) {
        LOG.warn("Interrupted while closing: the queue is left, running hooks are asked to end.");
        wasInterrupted = true;
        // First the queue, or a worker whose hook ends now might take one more batch.
        stopQueue();
        parts.work().cancel();
      }
    }
  }

  private void reportNotEnded(String what, Exception failure) {
    LOG.error("{} failed.", what, failure);
    parts
        .results()
        .events()
        .accept(new HostEvent.OutputNotEnded(String.valueOf(failure.getMessage())));
  }
}
