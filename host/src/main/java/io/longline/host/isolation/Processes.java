package io.longline.host.isolation;

import io.longline.host.call.Call;
import io.longline.host.call.CallListener;
import io.longline.host.call.ProcessCalls;
import io.longline.host.call.ProcessDiedException;
import io.longline.host.concurrent.HostThread;
import io.longline.host.event.Ending;
import io.longline.host.isolation.wire.Message;
import io.longline.host.isolation.wire.ProcessMessage;
import io.longline.host.ledger.Batch;
import io.longline.host.plugins.PluginProcesses;
import io.longline.host.plugins.PrivateFolder;
import io.longline.host.settings.SecretMask;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The plugins that run in processes of their own. Thread-safe. */
public final class Processes implements PluginProcesses, ProcessCalls, AutoCloseable {

  /** The version of the messages between a host and the processes of its plugins. */
  public static final int PROTOCOL_VERSION = Message.VERSION;

  private final Predicate<String> isIsolated;
  private final Function<String, ProcessLaunch> launches;
  private final PrivateFolder folder;
  private final SecretMask secrets;
  private final AtomicLong numbers = new AtomicLong();

  /** By the number of the process that was started first for the plugin. */
  private final Map<Long, IsolatedPlugin> plugins = new ConcurrentHashMap<>();

  /** The threads that start processes. */
  private final Set<Thread> starting = ConcurrentHashMap.newKeySet();

  private final ExecutorService starters =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> {
            var thread = new HostThread(task, "process-start");
            starting.add(thread);
            return thread;
          });

  /**
   * Creates an empty registry.
   *
   * @param isIsolated which plugins, by id, run in processes
   * @param launches how to start the process of a plugin
   * @param folder holds copies of jars, sockets, and the staged output of calls
   * @param secrets takes the secrets of the plugins, and masks them in the output of processes
   */
  public Processes(
      Predicate<String> isIsolated,
      Function<String, ProcessLaunch> launches,
      PrivateFolder folder,
      SecretMask secrets) {
    this.isIsolated = isIsolated;
    this.launches = launches;
    this.folder = folder;
    this.secrets = secrets;
  }

  @Override
  public boolean isIsolated(String pluginId) {
    return isIsolated.test(pluginId);
  }

  @Override
  public PluginProcess start(String pluginId, List<JarCopy> jars) {
    long number = numbers.incrementAndGet();
    var plugin =
        new IsolatedPlugin(pluginId, number, jars, launches.apply(pluginId), folder, secrets);
    plugins.put(number, plugin);
    var starting = new FutureTask<>(plugin::start);
    starters.execute(starting);
    return new Starting(number, plugin, starting);
  }

  /** A process that was started, for the catalog. */
  private final class Starting implements PluginProcess {

    private final long number;
    private final IsolatedPlugin plugin;
    private final FutureTask<ProcessMessage.Ready> starting;

    Starting(long number, IsolatedPlugin plugin, FutureTask<ProcessMessage.Ready> starting) {
      this.number = number;
      this.plugin = plugin;
      this.starting = starting;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public Loaded ready() throws IOException {
      try {
        var ready = starting.get();
        return new Loaded(ready.hooks(), ready.problems(), ready.badSettings());
      } catch (ExecutionException e) {
        plugin.close();
        if (e.getCause() instanceof NoProcessException noRoom) {
          throw noRoom;
        }
        throw new IOException(message(e), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Waiting for it was interrupted.", e);
      }
    }

    private static String message(ExecutionException e) {
      var cause = e.getCause();
      return cause instanceof IOException ? String.valueOf(cause.getMessage()) : e.toString();
    }

    @Override
    public void close() {
      plugin.close();
      plugins.remove(number);
    }
  }

  @Override
  public Map<String, Ending> make(
      long process, List<Call> calls, @Nullable Batch batch, CallListener listener)
      throws ProcessDiedException {
    return plugin(process).make(calls, batch, listener);
  }

  @Override
  public Map<String, Ending> makeAlone(
      long process, List<Call> calls, @Nullable Batch batch, CallListener listener)
      throws ProcessDiedException {
    return plugin(process).makeAlone(calls, batch, listener);
  }

  private IsolatedPlugin plugin(long process) {
    var plugin = plugins.get(process);
    if (plugin == null) {
      throw new IllegalStateException("The process " + process + " was ended.");
    }
    return plugin;
  }

  /** Asks the calls that are being made to end soon. */
  public void cancel() {
    plugins.values().forEach(IsolatedPlugin::cancel);
  }

  /** Ends the processes. */
  @Override
  public void close() {
    starters.shutdownNow();
    starting.forEach(HostThread::order);
    plugins.values().parallelStream().forEach(IsolatedPlugin::close);
  }
}
