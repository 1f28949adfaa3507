package io.longline.host.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PluginProcesses;
import io.longline.host.settings.SecretMask;
import io.longline.host.settings.WrittenValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that run in processes of their own, and the private folder for what this takes:
 * copies of jars, sockets, what calls have written. The folder has the mode 0700 and is removed at
 * the end; what a killed host has left is removed by the next one. Thread-safe.
 */
public final class IsolatedPlugins implements PluginProcesses, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IsolatedPlugins.class);

  private static final String PREFIX = "longline-host-";

  /** A host has it locked as long as it lives. */
  private static final String LOCK = "lock";

  /** The path of a socket may have some hundred bytes, of which this much is left to the folder. */
  private static final int MAX_FOLDER = 60;

  private final Path folder;
  private final FileChannel lock;
  private final Predicate<String> isIsolated;
  private final Function<String, Launch> launches;
  private final Map<String, IsolatedPlugin> plugins = new ConcurrentHashMap<>();
  private final Map<String, FutureTask<Message.Ready>> starting = new ConcurrentHashMap<>();
  private final ExecutorService starters =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> {
            var thread = new Thread(task, "worker-start");
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> badSettings = new CopyOnWriteArrayList<>();
  private final List<String> secrets = new CopyOnWriteArrayList<>();

  /**
   * What is particular to a plugin.
   *
   * @param command the JVM's command line, up to the main class
   * @param written what was written for the plugin's own settings
   * @param environment the variables that count for settings
   * @param options how calls are made
   */
  public record Launch(
      List<String> command,
      Map<String, WrittenValue> written,
      Map<String, String> environment,
      Message.CallOptions options) {}

  private IsolatedPlugins(
      Path folder,
      FileChannel lock,
      Predicate<String> isIsolated,
      Function<String, Launch> launches) {
    this.lock = lock;
    this.folder = folder;
    this.isIsolated = isIsolated;
    this.launches = launches;
  }

  /**
   * Makes the private folder.
   *
   * @param isIsolated which plugins run in processes
   * @param launches how to start the process of a plugin
   * @throws IOException if it cannot be made
   */
  public static IsolatedPlugins open(
      Predicate<String> isIsolated, Function<String, Launch> launches) throws IOException {
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    if (temporary.toString().getBytes(UTF_8).length > MAX_FOLDER) {
      temporary = Path.of("/tmp");
    }
    removeLeftovers(temporary);
    var folder = Files.createTempDirectory(temporary, PREFIX);
    var lock =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException(folder.resolve(LOCK) + " cannot be locked");
    }
    return new IsolatedPlugins(folder, lock, isIsolated, launches);
  }

  /** What is left of hosts that were killed: nobody has its lock any more. */
  private static void removeLeftovers(Path temporary) {
    try (var entries = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (var entry : entries) {
        var lock = entry.resolve(LOCK);
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
          removeIfLeft(entry, lock);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("What killed hosts have left could not be looked for.", e);
    }
  }

  private static void removeIfLeft(Path entry, Path lock) {
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        remove(entry);
      }
    } catch (OverlappingFileLockException e) {
      // It is this program's own.
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} could not be removed.", entry, e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var entries = Files.walk(folder)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }

  @Override
  public boolean isIsolated(String pluginId) {
    return isIsolated.test(pluginId);
  }

  @Override
  public Path copies() {
    return folder;
  }

  @Override
  public void prepare(String pluginId, List<JarCopy> jars) {
    var plugin = plugin(pluginId, jars);
    plugins.put(pluginId, plugin);
    var task = new FutureTask<>(plugin::start);
    starting.put(pluginId, task);
    starters.execute(task);
  }

  @Override
  public Loaded load(String pluginId, List<JarCopy> jars) throws IOException {
    var task = starting.remove(pluginId);
    if (task == null) {
      prepare(pluginId, jars);
      task = Objects.requireNonNull(starting.remove(pluginId));
    }
    try {
      var ready = task.get();
      badSettings.addAll(ready.badSettings());
      secrets.addAll(ready.secrets());
      return new Loaded(ready.hooks(), ready.problems());
    } catch (ExecutionException e) {
      get(pluginId).close();
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

  private IsolatedPlugin plugin(String pluginId, List<JarCopy> jars) {
    var launch = launches.apply(pluginId);
    return new IsolatedPlugin(
        pluginId,
        jars,
        new IsolatedPlugin.Launch(
            command(launch, pluginId),
            folder,
            launch.written(),
            launch.environment(),
            launch.options(),
            folder.resolve(pluginId + ".staging"),
            PluginCatalog.LOAD_LIMIT,
            this::masked));
  }

  private List<String> command(Launch launch, String pluginId) {
    var command = new ArrayList<>(launch.command());
    // Where the JVM writes about its own crash; its first lines are printed as well.
    command.add(1, "-XX:ErrorFile=" + folder.resolve(pluginId + ".crash"));
    return command;
  }

  private String masked(String text) {
    return new SecretMask(secrets).masked(text);
  }

  /** What is wrong with the settings of the plugins. */
  public List<String> badSettings() {
    return List.copyOf(badSettings);
  }

  /** The texts of secrets among them. */
  public List<String> secrets() {
    return List.copyOf(secrets);
  }

  /** A plugin that was loaded. */
  public IsolatedPlugin get(String pluginId) {
    return Objects.requireNonNull(plugins.get(pluginId), pluginId);
  }

  /** Asks the hooks that run to end soon. */
  public void cancel() {
    plugins.values().forEach(IsolatedPlugin::cancel);
  }

  /** Ends the processes and removes the folder. */
  @Override
  public void close() {
    starters.shutdownNow();
    plugins.values().parallelStream().forEach(IsolatedPlugin::close);
    try (lock) {
      remove(folder);
    } catch (IOException e) {
      LOG.warn("The folder {} could not be removed: {}", folder, e.toString());
    }
  }
}
