package io.longline.host.app;

import io.longline.api.Site;
import io.longline.host.event.EventFanOut;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.event.WarningFile;
import io.longline.host.event.WarningLog;
import io.longline.host.intake.DirectoryFinder;
import io.longline.host.ledger.Batch;
import io.longline.host.ledger.MemoryLedger;
import io.longline.host.output.OutputFolder;
import io.longline.host.output.OutputRefusedException;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.work.HookRunner;
import io.longline.host.work.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
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
 * <p>Closing drains: nothing new is taken, what is queued is finished, then the EXIT hooks run,
 * then the outputs are ended and the plugins unloaded. {@link #stopQueue()} before it leaves what
 * is queued. The queue is in memory: a killed host forgets it.
 */
public final class HookHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HookHost.class);

  /** The life of a host; it only goes forward. */
  enum State {
    RUNNING,
    STOPPING,
    STOPPED
  }

  private final PluginCatalog catalog;
  private final List<InstalledHook> hooks;
  private final OutputFolder outputs;
  private final WarningFile warningFile;
  private final SummaryCollector collector;
  private final EventSink events;
  private final HookRunner runner;
  private final WorkerPool workers;
  private final MemoryLedger ledger = new MemoryLedger();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final long startNanos = System.nanoTime();
  private volatile boolean queueStopped;

  /** Whether somebody who waits for the end of this host has no time left. */
  private volatile boolean cancelled;

  private volatile Duration took = Duration.ZERO;

  private HookHost(
      HostSettings settings,
      PluginCatalog catalog,
      List<InstalledHook> hooks,
      OutputFolder outputs) {
    this.catalog = catalog;
    this.hooks = hooks;
    this.outputs = outputs;
    this.warningFile = new WarningFile(outputs.path().resolve("warnings.jsonl"), settings.clock());
    this.collector = new SummaryCollector(hooks);
    var sinks = new ArrayList<EventSink>(List.of(collector, new WarningLog(), warningFile));
    sinks.addAll(settings.listeners());
    this.events = new EventFanOut(sinks);
    this.runner =
        new HookRunner(
            outputs,
            settings.extracted(),
            events,
            settings.clock(),
            System::nanoTime,
            () -> cancelled);
    this.workers =
        new WorkerPool(settings.workers(), hooks, runner, this::batchFinished, workerThreads());
  }

  /**
   * Loads the plugins, takes possession of the output folder and starts the workers.
   *
   * @throws HostRefusedException if it cannot start; nothing is left running
   */
  public static HookHost start(HostSettings settings) throws HostRefusedException {
    var catalog = loadPlugins(settings.plugins());
    try {
      var problems = catalog.problems();
      if (settings.strict() && !problems.isEmpty()) {
        throw new HostRefusedException(
            HostRefusedException.Reason.REFUSED,
            "With --strict a plugin problem keeps the host from starting; there "
                + (problems.size() == 1 ? "is 1" : "are " + problems.size())
                + ": see \"longline plugins\". First: "
                + problems.get(0).file().getFileName()
                + ": "
                + problems.get(0).sentence()
                + " "
                + problems.get(0).remedy());
      }
      var extracted = settings.extracted();
      if (extracted != null && !Files.isDirectory(extracted)) {
        throw new HostRefusedException(
            HostRefusedException.Reason.REFUSED,
            "There is no folder "
                + extracted
                + " of extracted files. Name it with --extracted, or leave that out.");
      }
      if (catalog.hooks().isEmpty()) {
        throw new HostRefusedException(HostRefusedException.Reason.NO_HOOK, noHook(catalog));
      }
      var hooks = HookSelection.of(catalog.hooks(), settings.only(), settings.without());
      var outputs = OutputFolder.open(settings.output(), settings.append(), settings.clock());
      return new HookHost(settings, catalog, hooks, outputs);
    } catch (HostRefusedException e) {
      catalog.close();
      throw e;
    } catch (OutputRefusedException e) {
      catalog.close();
      throw new HostRefusedException(
          HostRefusedException.Reason.REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  private static PluginCatalog loadPlugins(Path folder) throws HostRefusedException {
    try {
      return PluginCatalog.load(folder, PluginCatalog.LOAD_LIMIT);
    } catch (IOException e) {
      throw new HostRefusedException(
          HostRefusedException.Reason.REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  private static String noHook(PluginCatalog catalog) {
    var problems = catalog.problems();
    return "There is no hook in "
        + catalog.folder()
        + (problems.isEmpty()
            ? ": it has no plugin jar. Drop one in."
            : ": see what is wrong with \"longline plugins\". First: "
                + problems.get(0).plugin()
                + ": "
                + problems.get(0).sentence());
  }

  private static ThreadFactory workerThreads() {
    var number = new AtomicInteger();
    return task -> new Thread(task, "hook-worker-" + number.incrementAndGet());
  }

  private void batchFinished(Batch batch) {
    events.accept(new HostEvent.BatchFinished(batch.directory()));
  }

  /**
   * Queues the log directories that a path names: itself if it holds Zeek logs, else those below
   * it. A directory that was submitted before is not processed again. A path that cannot be used is
   * told as an event and in the summary.
   *
   * @throws IllegalStateException if the host is closing
   */
  public void submit(Path path) {
    submit(path.toString());
  }

  /** The same for a path as a user wrote it. */
  public void submit(String path) {
    if (state.get() != State.RUNNING) {
      throw new IllegalStateException("The host takes nothing more; it is closing.");
    }
    try {
      new DirectoryFinder(events, this::accept).find(path);
    } catch (RuntimeException e) {
      LOG.error("Looking through {} failed.", path, e);
      reject(path, "Looking through it failed, some directories may be left out: " + e);
    }
  }

  /** Tells of a path that somebody named and that cannot be used; it counts as a problem. */
  public void reject(String path, String reason) {
    events.accept(new HostEvent.PathRejected(path, reason));
  }

  private void accept(Path directory) {
    if (queueStopped) {
      events.accept(new HostEvent.BatchAbandoned(directory));
      return;
    }
    try {
      var batch = ledger.accept(directory);
      if (batch.isEmpty()) {
        events.accept(new HostEvent.BatchKnown(directory));
        return;
      }
      events.accept(new HostEvent.BatchAccepted(directory));
      offer(batch.get());
    } catch (IOException e) {
      events.accept(new HostEvent.PathRejected(directory.toString(), "It cannot be read: " + e));
    }
  }

  private void offer(Batch batch) {
    try {
      workers.offer(batch);
    } catch (IllegalStateException e) {
      // The queue was stopped in the meantime.
      events.accept(new HostEvent.BatchAbandoned(batch.directory()));
    }
  }

  /**
   * Takes nothing new and leaves what is queued; calls that run go on to their end. Close the host
   * afterwards.
   */
  public void stopQueue() {
    queueStopped = true;
    for (var batch : workers.abandonQueue()) {
      events.accept(new HostEvent.BatchAbandoned(batch.directory()));
    }
  }

  /** The plugins that were found. */
  public PluginCatalog plugins() {
    return catalog;
  }

  /** What was done so far; after closing, in all. */
  public HostSummary summary() {
    var sinceStart =
        state.get() == State.STOPPED ? took : Duration.ofNanos(System.nanoTime() - startNanos);
    return collector.summary(catalog.problems(), outputs.path(), outputs.written(), sinceStart);
  }

  /**
   * Drains with the queue: finishes what is queued (an interrupt leaves it), calls each EXIT hook
   * once, ends the outputs, unloads the plugins. A second call does nothing.
   */
  @Override
  public void close() {
    if (!state.compareAndSet(State.RUNNING, State.STOPPING)) {
      return;
    }
    workers.endIntake();
    boolean wasInterrupted = awaitWorkers();
    callExitHooks();
    close(outputs);
    catalog.close();
    close(warningFile);
    took = Duration.ofNanos(System.nanoTime() - startNanos);
    state.set(State.STOPPED);
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the workers in any case, since hooks cannot go on without their outputs and classes.
   * An interrupt leaves the queue and asks running calls to end.
   */
  private boolean awaitWorkers() {
    boolean wasInterrupted = false;
    for (; ; ) {
      try {
        workers.await();
        return wasInterrupted;
      } catch (InterruptedException e) {
        LOG.warn("Interrupted while closing: the queue is left, running hooks are asked to end.");
        wasInterrupted = true;
        cancelled = true;
        stopQueue();
      }
    }
  }

  private void callExitHooks() {
    for (var hook : hooks) {
      if (hook.sites().contains(Site.EXIT)) {
        runner.exit(hook);
      }
    }
  }

  private void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.error("Ending the outputs failed.", e);
      events.accept(new HostEvent.OutputNotEnded(String.valueOf(e.getMessage())));
    }
  }
}
