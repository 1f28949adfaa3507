package io.longline.host.app;

import io.longline.api.Site;
import io.longline.host.call.CallEnvironment;
import io.longline.host.call.Calls;
import io.longline.host.call.SpareThreads;
import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.WatchSettings;
import io.longline.host.event.EventFanOut;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.event.WarningFile;
import io.longline.host.event.WarningLog;
import io.longline.host.intake.Pruner;
import io.longline.host.intake.WatchThread;
import io.longline.host.intake.WatchedRoot;
import io.longline.host.intake.Watcher;
import io.longline.host.isolation.Processes;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.output.OutputFiles;
import io.longline.host.output.OutputFolder;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PrivateFolder;
import io.longline.host.settings.SecretMask;
import io.longline.host.work.Committer;
import io.longline.host.work.Dispatcher;
import io.longline.host.work.Feeder;
import io.longline.host.work.HostLease;
import io.longline.host.work.OpenClaims;
import io.longline.host.work.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
 * is queued in the ledger, where the next host finds it; a killed host does the same.
 */
public final class HookHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HookHost.class);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private static final Duration PLUGINS_LOOKED_AT = Duration.ofMillis(500);

  /** The life of a host; it only goes forward. */
  enum State {
    RUNNING,
    STOPPING,
    STOPPED
  }

  private final PrivateFolder folder;
  private final Processes isolated;
  private final OutputFolder outputs;
  private final WarningFile warningFile;
  private final SummaryCollector collector;
  private final EventSink events;
  private final Submissions submissions;
  private final Dispatcher dispatcher;
  private final Feeder feeder;
  private final Committer committer;
  private final WorkerPool workers;
  private final PluginUpdate update;
  private final HostSettings settings;
  private final SecretMask secrets;

  /** The plugins that were disabled when they were loaded. */
  private final Set<String> disabledAtStart = ConcurrentHashMap.newKeySet();

  private final Ledger ledger;
  private final HostLedger hostLedger;
  private final OutputFiles outputFiles;
  private final AutoCloseable news;
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

  private final long startNanos = System.nanoTime();
  private volatile @Nullable WatchThread watchThread;
  private volatile @Nullable PluginWatch pluginWatch;

  /** Held while the plugins are exchanged, and by who ends that for good. */
  private final Object updating = new Object();

  private volatile RunningPlugins plugins;

  /** Whether this thread is telling listeners of an event. */
  private final ThreadLocal<Boolean> isTelling = ThreadLocal.withInitial(() -> false);

  /** Whether somebody who waits for the end of this host has no time left. */
  private volatile boolean cancelled;

  private volatile Duration took = Duration.ZERO;

  HookHost(
      HostSettings settings,
      RunningPlugins plugins,
      PrivateFolder folder,
      Processes isolated,
      OutputFolder outputs,
      Ledger ledger,
      HostLedger hostLedger,
      SecretMask secrets)
      throws IOException {
    this.settings = settings;
    this.secrets = secrets;
    this.plugins = plugins;
    this.folder = folder;
    this.isolated = isolated;
    this.outputs = outputs;
    this.ledger = ledger;
    this.hostLedger = hostLedger;
    this.outputFiles =
        OutputFiles.open(
            outputs,
            ledger.outputs(outputs.id()),
            hostLedger.host().id(),
            settings.clock(),
            !settings.queue().ledger().isInMemory());
    this.warningFile = new WarningFile(outputs.path().resolve("warnings.jsonl"), settings.clock());
    this.collector = new SummaryCollector();
    var sinks = new ArrayList<EventSink>(List.of(collector, new WarningLog(), warningFile));
    sinks.addAll(settings.listeners());
    var all = new EventFanOut(sinks);
    this.events =
        event -> {
          isTelling.set(true);
          all.accept(event);
          isTelling.remove();
        };
    var clock = settings.clock();
    int claimSize = WorkerPool.claimSize(settings.calling().workers());
    this.dispatcher = new Dispatcher(plugins.hooks(), settings.calling().workers(), claimSize);
    this.submissions =
        new Submissions(
            ledger.batches(),
            settings.queue().mode(),
            events,
            this::hasOwedHook,
            dispatcher::wake,
            PAUSE_AFTER_FAILURE);
    var claims = new OpenClaims(dispatcher::wake);
    this.committer =
        new Committer(
            hostLedger,
            outputFiles,
            claims,
            events,
            submissions::ended,
            clock,
            PAUSE_AFTER_FAILURE);
    var environment =
        new CallEnvironment(
            outputs::begin,
            settings.folders().extracted(),
            clock,
            System::nanoTime,
            () -> cancelled,
            secrets);
    var calls =
        new Calls(
            environment,
            new HostReports(committer, events),
            new SpareThreads(settings.calling().workers(), workerThreads("scan-helper-")),
            isolated);
    var lease =
        new HostLease(
            hostLedger,
            claims,
            settings.queue().lease().dividedBy(3),
            System::nanoTime,
            calls::running);
    this.feeder =
        new Feeder(
            hostLedger,
            dispatcher,
            claims,
            lease,
            claimSize,
            PAUSE_AFTER_FAILURE,
            System::nanoTime);
    var threads = workerThreads("hook-worker-");
    this.workers =
        new WorkerPool(settings.calling().workers(), dispatcher, feeder, calls, committer, threads);
    feeder.start(threads);
    committer.start(threads);
    workers.start(plugins.hooks());
    this.update =
        new PluginUpdate(
            settings,
            hostLedger,
            workers,
            committer::awaitRecorded,
            secrets,
            events,
            this::callExitHooks);
    this.disabledAtStart.addAll(disabledPlugins());
    this.news = ledger.listen(dispatcher::wake);
  }

  private boolean hasOwedHook() {
    return plugins.hooks().stream().anyMatch(HookHost::isOwed);
  }

  /**
   * Loads the plugins, takes possession of the output folder and starts the workers.
   *
   * @throws HostRefusedException if it cannot start; nothing is left running
   */
  public static HookHost start(HostSettings settings) throws HostRefusedException {
    return HostStart.start(settings);
  }

  /** Whether a hook is called with batches. */
  static boolean isOwed(CalledHook hook) {
    return hook.sites().contains(Site.HOOK);
  }

  private static ThreadFactory workerThreads(String name) {
    var number = new AtomicInteger();
    return task -> {
      // What a hook has left in a thread to be inherited ends with that thread.
      var thread = new Thread(null, task, name + number.incrementAndGet(), 0, false);
      // One that hangs in a hook, and was given up, must not keep the program from ending.
      thread.setDaemon(true);
      return thread;
    };
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
    submissions.submit(path);
  }

  /**
   * Watches folders from now on, until the host is closed. To be called once.
   *
   * @throws IllegalStateException if the host is closing
   */
  public void watch(WatchSettings watch) {
    if (state.get() != State.RUNNING) {
      throw new IllegalStateException("The host takes nothing more; it is closing.");
    }
    var watcher = new Watcher(watch.roots(), ledger, this::accept, events, System::nanoTime);
    var keep = watch.keep();
    watchThread =
        new WatchThread(
            watcher,
            watch.roots().stream().map(WatchedRoot::path).toList(),
            watch.interval(),
            keep == null ? null : new Pruner(ledger.pruning(), keep, System::nanoTime),
            task -> new Thread(task, "watch"));
    pluginWatch =
        new PluginWatch(
            plugins().folder(),
            this::updateIfRunning,
            PLUGINS_LOOKED_AT,
            task -> new Thread(task, "plugin-watch"));
  }

  /**
   * Takes over what has changed in the plugins folder: a jar that is new is verified and loaded
   * beside the one that it replaces, whose running calls end and whose EXIT hooks run before it is
   * unloaded. If the new one is bad, the old one goes on, and that is told as an event. Returns
   * when all that is done. While the host watches folders this happens by itself.
   *
   * @throws IOException if the folder cannot be read, or the ledger not be written; nothing has
   *     changed then
   * @throws IllegalStateException if the host is closing, or this is called by a listener, which
   *     the host waits for
   */
  public void updatePlugins() throws IOException {
    if (isTelling.get()) {
      throw new IllegalStateException("A listener cannot wait for what waits for it.");
    }
    synchronized (updating) {
      if (state.get() != State.RUNNING) {
        throw new IllegalStateException("The plugins stay as they are; the host is closing.");
      }
      updateIfRunning();
    }
  }

  private void updateIfRunning() throws IOException {
    synchronized (updating) {
      if (state.get() != State.RUNNING) {
        return;
      }
      var before = plugins;
      var now = update.from(before);
      plugins = now;
      var disabled = disabledPlugins();
      for (var plugin : now.catalog().notIn(before.catalog())) {
        disabledAtStart.remove(plugin.id());
        if (disabled.contains(plugin.id())) {
          disabledAtStart.add(plugin.id());
        }
      }
    }
  }

  /** Tells of a path that somebody named and that cannot be used; it counts as a problem. */
  public void reject(String path, String reason) {
    submissions.reject(path, reason);
  }

  /**
   * Takes some logs of a directory into the ledger, unless it knows them.
   *
   * @param directory absolute, without symbolic links
   * @throws IOException if they are not recorded
   */
  public void accept(Path directory, List<FileStamp> logs) throws IOException {
    submissions.accept(directory, logs);
  }

  /**
   * Takes nothing new and leaves what is queued; calls that run go on to their end. Close the host
   * afterwards.
   */
  public void stopQueue() {
    submissions.stop();
    workers.abandonQueue();
  }

  /** The plugins that were found, as they are now. */
  public PluginCatalog plugins() {
    return plugins.catalog();
  }

  /** Takes the secrets of the plugins' settings out of a text. Thread-safe. */
  public String masked(String text) {
    return secrets.masked(text);
  }

  /** What was done so far; after closing, in all. */
  public HostSummary summary() {
    var sinceStart =
        state.get() == State.STOPPED ? took : Duration.ofNanos(System.nanoTime() - startNanos);
    var current = plugins;
    return collector.summary(
        current.hooks(),
        current.catalog().problems(),
        outputs.path(),
        outputFiles.written(),
        sinceStart);
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
    endWatching();
    if (!submissions.isStopped()) {
      workers.drain(settings.retrying().waits());
    }
    boolean wasInterrupted = awaitWorkers();
    callExitHooks(plugins.hooks());
    workers.close();
    committer.close();
    feeder.close();
    close(news, "Ending the listening failed");
    if (submissions.isStopped()) {
      submissions.reportLeft();
    }
    close(outputFiles, "Ending the outputs failed");
    plugins.catalog().close();
    isolated.close();
    folder.close();
    signOff();
    close(warningFile, "Ending warnings.jsonl failed");
    close(outputs, "Giving up the output folder failed");
    took = Duration.ofNanos(System.nanoTime() - startNanos);
    state.set(State.STOPPED);
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endWatching() {
    var watching = watchThread;
    if (watching != null) {
      watching.close();
    }
    var watchingPlugins = pluginWatch;
    if (watchingPlugins != null) {
      watchingPlugins.close();
    }
    synchronized (updating) {
      // An update that somebody else has begun is over now, and no other begins.
      LOG.debug("The plugins stay as they are.");
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
        isolated.cancel();
        committer.giveUp();
        stopQueue();
      }
    }
  }

  private void callExitHooks(List<CalledHook> hooks) {
    // One that was disabled meanwhile may have been called before.
    var disabled = new HashSet<>(disabledAtStart);
    disabled.retainAll(disabledPlugins());
    for (var hook : hooks) {
      if (hook.sites().contains(Site.EXIT) && !disabled.contains(hook.pluginId())) {
        workers.exit(hook);
      }
    }
  }

  private Set<String> disabledPlugins() {
    try {
      return hostLedger.disabledPlugins();
    } catch (LedgerException e) {
      LOG.warn("Which plugins are disabled cannot be told; all EXIT hooks run. {}", e.getMessage());
      return Set.of();
    }
  }

  private void signOff() {
    try (ledger) {
      hostLedger.signOff();
    } catch (LedgerException e) {
      LOG.warn("This host could not sign off; its lease will run out. {}", e.getMessage());
    }
  }

  private void close(AutoCloseable part, String failure) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.error("{}.", failure, e);
      events.accept(new HostEvent.OutputNotEnded(String.valueOf(e.getMessage())));
    }
  }
}
