package io.longline.host.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.plugins.InstalledHook;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
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
  private FileChannel lock;
  private final Predicate<String> isIsolated;
  private final Function<String, Launch> launches;
  private final AtomicLong numbers = new AtomicLong();

  /** By the number of the process that was started first. */
  private final Map<Long, IsolatedPlugin> plugins = new ConcurrentHashMap<>();

  private final ExecutorService starters =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> {
            var thread = new Thread(task, "worker-start");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

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
    return new IsolatedPlugins(folder, lock(folder), isIsolated, launches);
  }

  private static FileChannel lock(Path folder) throws IOException {
    var lock =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException(folder.resolve(LOCK) + " cannot be locked");
    }
    return lock;
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
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
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
  public synchronized Path copies() throws IOException {
    // Something that clears the folder for temporary files may have thought it forgotten.
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      lock.close();
      lock = lock(folder);
    }
    return folder;
  }

  @Override
  public PluginProcess start(String pluginId, List<JarCopy> jars) {
    long number = numbers.incrementAndGet();
    var plugin = plugin(pluginId, jars, pluginId + "-" + number);
    plugins.put(number, plugin);
    var task = new FutureTask<>(plugin::start);
    starters.execute(task);
    return new Started(number, plugin, task, staging(pluginId + "-" + number));
  }

  /** A process that was started. */
  private final class Started implements PluginProcess {

    private final long number;
    private final IsolatedPlugin plugin;
    private final FutureTask<Message.Ready> starting;
    private final Path staging;

    Started(long number, IsolatedPlugin plugin, FutureTask<Message.Ready> starting, Path staging) {
      this.staging = staging;
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
        secrets.addAll(ready.secrets());
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

    @Override
    public void close() {
      plugin.close();
      plugins.remove(number);
      try {
        remove(staging);
      } catch (IOException e) {
        LOG.debug("{} is removed with the rest of the folder.", staging, e);
      }
    }
  }

  private static String message(ExecutionException e) {
    var cause = e.getCause();
    return cause instanceof IOException ? String.valueOf(cause.getMessage()) : e.toString();
  }

  private IsolatedPlugin plugin(String pluginId, List<JarCopy> jars, String name) {
    var launch = launches.apply(pluginId);
    return new IsolatedPlugin(
        pluginId,
        jars,
        new IsolatedPlugin.Launch(
            command(launch, name),
            this::copies,
            launch.written(),
            launch.environment(),
            launch.options(),
            staging(name),
            PluginCatalog.LOAD_LIMIT,
            this::masked));
  }

  private Path staging(String name) {
    return folder.resolve(name + ".staging");
  }

  private List<String> command(Launch launch, String name) {
    var command = new ArrayList<>(launch.command());
    // Where the JVM writes about its own crash; its first lines are printed as well.
    command.add(1, "-XX:ErrorFile=" + folder.resolve(name + ".crash"));
    return command;
  }

  private String masked(String text) {
    return new SecretMask(List.copyOf(secrets)).masked(text);
  }

  /** The texts of secrets in the settings of the plugins. */
  public List<String> secrets() {
    return List.copyOf(secrets);
  }

  /** The plugin whose hooks have this {@link InstalledHook#process() process}. */
  public IsolatedPlugin get(long process) {
    var plugin = plugins.get(process);
    if (plugin == null) {
      throw new IllegalStateException("The process " + process + " was ended.");
    }
    return plugin;
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
    try (var held = lock) {
      LOG.trace("Giving up {}.", held);
      remove(folder);
    } catch (IOException e) {
      LOG.warn("The folder {} could not be removed: {}", folder, e.toString());
    }
  }
}
