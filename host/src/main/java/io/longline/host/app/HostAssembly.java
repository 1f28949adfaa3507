package io.longline.host.app;

import io.longline.api.internal.FindingRows;
import io.longline.host.app.HostRefusedException.Reason;
import io.longline.host.call.CallEnvironment;
import io.longline.host.call.CallReports;
import io.longline.host.call.Calls;
import io.longline.host.call.MissingLogs;
import io.longline.host.call.SpareThreads;
import io.longline.host.concurrent.Closers;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.concurrent.HostThread;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.EventFanOut;
import io.longline.host.event.EventJson;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.event.WarningFile;
import io.longline.host.event.WarningLog;
import io.longline.host.intake.LogProbe;
import io.longline.host.isolation.Processes;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.output.HostFiles;
import io.longline.host.output.OutputFiles;
import io.longline.host.output.OutputFolder;
import io.longline.host.output.OutputRefusedException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles a host, from the plugins to the threads, each part after those that it uses. Confined
 * to one thread.
 */
final class HostAssembly {

  private static final Logger LOG = LoggerFactory.getLogger(HostAssembly.class);

  /** How long to wait before a ledger or a disk that failed is used again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HostSettings settings;

  /** The parts opened so far; closed if the host cannot start. */
  private final Closers opened = new Closers();

  private final SecretMask secrets = new SecretMask(List.of());
  private final AtomicBoolean isCancelled = new AtomicBoolean();
  private final HostLoops loops = new HostLoops();

  private HostAssembly(HostSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts the parts of a host.
   *
   * @throws HostRefusedException if it cannot start; the opened parts are closed again
   */
  static HostParts start(HostSettings settings) throws HostRefusedException {
    var assembly = new HostAssembly(settings);
    try {
      return assembly.assemble();
    } catch (HostRefusedException | RuntimeException e) {
      assembly.opened.close((what, failure) -> e.addSuppressed(failure));
      throw e;
    } catch (IOException | OutputRefusedException e) {
      assembly.opened.close((what, failure) -> e.addSuppressed(failure));
      throw new HostRefusedException(Reason.REFUSED, String.valueOf(e.getMessage()), e);
    } catch (VirtualMachineError e) {
      assembly.opened.close((what, failure) -> e.addSuppressed(failure));
      throw new HostRefusedException(
          Reason.REFUSED,
          "There is no room for a host: "
              + e
              + ". Give Java more memory, or the user more threads and processes.",
          e);
    }
  }

  /** The plugins of the host, loaded and configured. */
  private record Plugins(PrivateFolder folder, Processes processes, RunningPlugins first) {}

  /** The ledger and the outputs of the host. */
  private record Storage(
      OutputFolder outputs,
      Ledger ledger,
      HostLedger host,
      OutputFiles files,
      WindowStorage windows) {}

  private HostParts assemble() throws HostRefusedException, IOException, OutputRefusedException {
    var plugins = loadPlugins();
    var storage = openStorage(plugins.first());
    var collector = new SummaryCollector();
    var warnings =
        new WarningFile(
            storage.outputs().path().resolve("warnings.jsonl"),
            settings.clock(),
            settings.folders().outputAccess());
    var sinks = new ArrayList<EventSink>(List.of(collector, new WarningLog(), warnings));
    sinks.addAll(settings.listeners());
    var events = new EventFanOut(sinks);
    PassedOver.report(plugins.first().catalog(), events);

    var running = new AtomicReference<>(plugins.first());
    int workers = settings.calling().workers();
    var dispatcher =
        new Dispatcher(plugins.first().hooks(), workers, WorkerPool.claimSize(workers));
    var intake = intake(storage.ledger(), events, running, dispatcher);
    var missingLogs = new MissingLogs(settings.clock());
    var pool = pool(plugins.processes(), storage, events, intake, dispatcher, missingLogs);
    storage
        .host()
        .onUnavailable(
            batch -> {
              intake.ended(batch.directory());
              events.accept(new HostEvent.BatchUnavailable(batch.directory(), batch.why()));
            });
    var exits = new ExitHooks(storage.host(), pool);
    var update =
        new PluginUpdate(settings, storage.host(), storage.windows(), pool, exits, secrets, events);
    var life = new PluginLife(running, update, exits, loops);

    var news = storage.ledger().listen(dispatcher::wake, loops);
    pool.start(plugins.first().hooks());
    storage.windows().start(loops);
    return new HostParts(
        settings.retrying(),
        settings.closing(),
        intake,
        life,
        new HostParts.Work(pool, plugins.processes(), missingLogs, isCancelled),
        new HostParts.Results(
            collector, events, storage.outputs().path(), storage.files(), storage.windows()),
        secrets,
        loops,
        ending(plugins, storage, warnings, life, news));
  }

  /** The parts to be closed at the end of the host, the last one first. */
  private static Closers ending(
      Plugins plugins, Storage storage, WarningFile warnings, PluginLife life, AutoCloseable news) {
    var ending = new Closers();
    ending.add("Giving up the output folder", storage.outputs());
    ending.add("Ending warnings.jsonl", warnings);
    ending.add("Closing the ledger", storage.ledger());
    ending.add("Signing off", () -> signOff(storage.host()));
    ending.add("Removing the private folder", plugins.folder());
    ending.add("Ending the processes of plugins", plugins.processes());
    ending.add("Unloading the plugins", life);
    ending.add("Ending the outputs", storage.files());
    ending.add("Leaving the folder for windows", storage.windows());
    ending.add("Ending the listening", news);
    return ending;
  }

  private Plugins loadPlugins() throws HostRefusedException, IOException {
    var folder = opened.add("Removing the private folder", openFolder());
    var processes =
        opened.add(
            "Ending the processes of plugins", PluginLaunches.processes(settings, folder, secrets));
    var catalog =
        opened.add(
            "Unloading the plugins",
            PluginCatalog.load(
                settings.folders().plugins(),
                settings.plugins().trust(),
                PluginCatalog.LOAD_LIMIT,
                folder,
                processes));
    var configured = new StartChecks(settings, catalog).configure();
    configured.notes().forEach(LOG::warn);
    secrets.add(configured.secrets());
    var first = new RunningPlugins(catalog, configured.hooks(), configured.attempts());
    first.idle().forEach((hook, why) -> LOG.info("{} is idle: {}", hook, why));
    if (first.hooks().isEmpty()) {
      throw new HostRefusedException(
          Reason.NO_HOOK, "No hook has anything to do. " + first.idleText());
    }
    return new Plugins(folder, processes, first);
  }

  private Storage openStorage(RunningPlugins first)
      throws HostRefusedException, IOException, OutputRefusedException {
    boolean isInMemory = settings.queue().ledger().isInMemory();
    var outputs =
        opened.add(
            "Giving up the output folder",
            OutputFolder.open(
                settings.folders().output(), isInMemory, settings.folders().outputAccess()));
    var ledger =
        opened.add(
            "Closing the ledger",
            SqlLedger.open(settings.queue().ledger(), LedgerClock.of(settings.clock())));
    var host = register(first, ledger, outputs);
    var files =
        opened.add(
            "Ending the outputs",
            OutputFiles.open(
                outputs,
                ledger.outputs(outputs.id()),
                host.host().id(),
                settings.clock(),
                !isInMemory));
    var windows =
        opened.add(
            "Leaving the folder for windows",
            WindowStorage.open(settings, ledger, host, first.hasWindows()));
    return new Storage(outputs, ledger, host, files, windows);
  }

  private Intake intake(
      Ledger ledger,
      EventSink events,
      AtomicReference<RunningPlugins> running,
      Dispatcher dispatcher) {
    return new Intake(
        ledger,
        settings.queue().mode(),
        new LogProbe(settings.queue().logNames()),
        events,
        () -> Objects.requireNonNull(running.get()),
        dispatcher::wake,
        loops);
  }

  private WorkerPool pool(
      Processes processes,
      Storage storage,
      EventSink events,
      Intake intake,
      Dispatcher dispatcher,
      MissingLogs missingLogs) {
    var host = storage.host();
    var claims = new OpenClaims(dispatcher::wake);
    var committer =
        new Committer(
            host,
            new HostFiles(storage.files(), storage.windows().files()),
            claims,
            events,
            intake::ended,
            settings.clock(),
            PAUSE);
    var reports = new HostReports(committer, events, missingLogs);
    var calls = calls(storage.outputs(), processes, reports);
    return new WorkerPool(
        settings.calling().workers(),
        dispatcher,
        feeder(host, dispatcher, claims, calls),
        calls,
        committer,
        loops);
  }

  private static PrivateFolder openFolder() throws HostRefusedException {
    try {
      return PrivateFolder.open();
    } catch (IOException e) {
      throw new HostRefusedException(
          Reason.REFUSED,
          "The folder for copies of plugins cannot be made: "
              + e
              + ". Name another folder for temporary files with the system property java.io.tmpdir.",
          e);
    }
  }

  private HostLedger register(RunningPlugins plugins, Ledger ledger, OutputFolder outputs)
      throws IOException, OutputRefusedException {
    var identity =
        HostIdentity.ofThisProcess(UUID.randomUUID().toString(), outputs.path().toString());
    outputs.checkLedger(ledger.id());
    ledger.hold(identity);
    var host =
        ledger.host(
            identity,
            settings.queue().lease(),
            settings.retrying().policy(),
            settings.retrying().pausing(),
            EventJson::warning);
    host.setAttempts(plugins.attempts());
    plugins.register(host, outputs.lastHost());
    outputs.belongTo(ledger.id(), identity.id());
    host.takeFromGoneHosts();
    return host;
  }

  private Calls calls(OutputFolder outputs, Processes processes, CallReports reports) {
    var environment =
        new CallEnvironment(
            outputs::begin,
            settings.folders().extracted(),
            settings.clock(),
            System::nanoTime,
            isCancelled::get,
            secrets,
            settings.folders().ofWindows().toAbsolutePath(),
            FindingRows.format(settings.calling().isFindingsJson()));
    return new Calls(
        environment,
        reports,
        new SpareThreads(settings.calling().workers(), threads("scan-helper-")),
        processes);
  }

  private Feeder feeder(HostLedger host, Dispatcher dispatcher, OpenClaims claims, Calls calls) {
    var interval = settings.queue().lease().dividedBy(3);
    return new Feeder(
        host,
        dispatcher,
        claims,
        new HostLease(host, claims, interval, System::nanoTime, calls::running),
        WorkerPool.claimSize(settings.calling().workers()),
        PAUSE,
        System::nanoTime);
  }

  private static ThreadFactory threads(String name) {
    var number = new AtomicInteger();
    return task -> new HostThread(task, name + number.incrementAndGet());
  }

  private static void signOff(HostLedger host) {
    try {
      host.signOff();
    } catch (LedgerException e) {
      LOG.warn("This host could not sign off; its lease will expire. {}", e.getMessage());
    }
  }
}
