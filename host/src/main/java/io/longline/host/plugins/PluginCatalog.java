package io.longline.host.plugins;

import io.longline.api.ApiVersion;
import io.longline.host.plugins.PluginProblem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a folder: what was found, what could be loaded, and what is wrong. Loading and
 * closing are confined to one thread; what is found is immutable.
 *
 * <p>No jar keeps another from loading. Jars are inspected without running anything, the ones that
 * fit are handed to pf4j one by one, and their hooks are made class by class with a limit of time.
 */
public final class PluginCatalog implements AutoCloseable {

  /** How long the hooks of one plugin may take to be made. */
  public static final Duration LOAD_LIMIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(PluginCatalog.class);

  private final Path folder;
  private final Duration loadLimit;
  private final GuardedPluginManager manager;
  private final Map<Path, InstalledPlugin> plugins = new LinkedHashMap<>();
  private final Deque<String> loaded = new ArrayDeque<>();
  private final Map<String, Plugin> started = new LinkedHashMap<>();

  private final @Nullable PluginProcesses processes;

  /** The jars that may be loaded, by id. */
  private final Map<String, PluginJar> selected = new LinkedHashMap<>();

  private PluginCatalog(Path folder, Duration loadLimit, @Nullable PluginProcesses processes) {
    this.folder = folder;
    this.loadLimit = loadLimit;
    this.processes = processes;
    this.manager = new GuardedPluginManager(folder, ApiVersion.current());
  }

  /**
   * Loads the plugins of a folder: every file in it that ends in {@code .jar}.
   *
   * @param loadLimit how long the hooks of one plugin may take to be made
   * @throws IOException if the folder cannot be read; a message says so
   */
  public static PluginCatalog load(Path folder, Duration loadLimit) throws IOException {
    var catalog = new PluginCatalog(folder.toAbsolutePath().normalize(), loadLimit, null);
    catalog.loadAll(catalog.inspectAll());
    return catalog;
  }

  /**
   * The same, with some plugins in processes of their own, and copies of the jars.
   *
   * @throws IOException if the folder cannot be read or the copies not be made; a message says so
   */
  public static PluginCatalog load(Path folder, Duration loadLimit, PluginProcesses processes)
      throws IOException {
    var catalog = new PluginCatalog(folder.toAbsolutePath().normalize(), loadLimit, processes);
    catalog.loadAll(catalog.inspectAll());
    return catalog;
  }

  /**
   * Loads a plugin, with those that it depends on, in its own process.
   *
   * @param jars its jar, last, and before it those of the plugins that it depends on
   */
  public static PluginCatalog load(List<PluginProcesses.JarCopy> jars, Duration loadLimit) {
    var last = jars.get(jars.size() - 1);
    var catalog =
        new PluginCatalog(
            Objects.requireNonNull(last.file().toAbsolutePath().getParent()), loadLimit, null);
    var inspected = new ArrayList<PluginJar>();
    for (var jar : jars) {
      catalog.inspect(jar.file(), jar.content(), inspected);
    }
    catalog.loadAll(inspected);
    return catalog;
  }

  private void loadAll(List<PluginJar> jars) {
    var selection = PluginSelection.of(jars, ApiVersion.current());
    for (var problem : selection.problems()) {
      var jar =
          jars.stream().filter(one -> one.file().equals(problem.file())).findFirst().orElseThrow();
      fail(jar, problem);
    }
    selection.inLoadOrder().forEach(jar -> selected.put(jar.id(), jar));
    if (processes != null) {
      for (var jar : selected.values()) {
        if (processes.isIsolated(jar.id())) {
          processes.prepare(jar.id(), withDependencies(jar));
        }
      }
    }
    selected.values().forEach(this::load);
  }

  private List<PluginJar> inspectAll() throws IOException {
    var jars = new ArrayList<PluginJar>();
    var copies = processes == null ? null : processes.copies();
    for (var file : jarFiles()) {
      inspect(file, copies == null ? file : copy(file, copies), jars);
    }
    return jars;
  }

  /** A copy; the file itself if it cannot be read, which is told then. */
  private static Path copy(Path file, Path copies) throws IOException {
    return Files.isReadable(file) ? JarCopies.copy(file, copies) : file;
  }

  private void inspect(Path file, Path content, List<PluginJar> jars) {
    try {
      jars.add(new JarInspector().inspect(file, content));
    } catch (PluginRejectedException e) {
      var problem = e.problem();
      put(file, problem.plugin(), "", List.of(), List.of(problem));
    }
  }

  private List<Path> jarFiles() throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new IOException(
          "There is no plugins folder " + folder + ". Name it with --plugins.", e);
    }
  }

  private void load(PluginJar jar) {
    try {
      if (processes != null && processes.isIsolated(jar.id())) {
        loadElsewhere(jar, processes);
        return;
      }
      var wrapper = manager.load(jar);
      loaded.add(jar.id());
      var result = loadHooks(jar, wrapper.getPluginClassLoader());
      if (result.plugin() != null) {
        started.put(jar.id(), result.plugin());
      }
      putLoaded(jar, result.hooks(), result.problems());
    } catch (PluginRejectedException e) {
      fail(jar, e.problem());
    } catch (RuntimeException e) {
      fail(
          jar,
          jar.problem(
              Code.NOT_A_PLUGIN,
              "pf4j cannot load the jar: " + e.getMessage() + ".",
              "Check the Plugin-… lines of its manifest."));
    }
  }

  private void loadElsewhere(PluginJar jar, PluginProcesses elsewhere) {
    // For the classes that other plugins use; nothing of it runs here.
    manager.load(jar);
    loaded.add(jar.id());
    try {
      var result = elsewhere.load(jar.id(), withDependencies(jar));
      putLoaded(
          jar,
          result.hooks().stream().map(hook -> new InstalledHook(jar.id(), hook)).toList(),
          result.problems());
    } catch (IOException e) {
      fail(
          jar,
          jar.problem(
              Code.PROCESS_FAILED,
              "The process of the plugin did not get ready: " + e.getMessage(),
              "Mend the plugin, or run it in the host with isolation = \"thread\"."));
    }
  }

  /** The jar, last, and before it those of the plugins that it depends on. */
  private List<PluginProcesses.JarCopy> withDependencies(PluginJar jar) {
    var needed = new LinkedHashSet<PluginJar>();
    addWithDependencies(jar, needed);
    return needed.stream()
        .map(one -> new PluginProcesses.JarCopy(one.file(), one.content()))
        .toList();
  }

  private void addWithDependencies(PluginJar jar, Set<PluginJar> needed) {
    for (var dependency : jar.descriptor().getDependencies()) {
      var found = selected.get(dependency.getPluginId());
      if (found != null && !needed.contains(found)) {
        addWithDependencies(found, needed);
      }
    }
    needed.add(jar);
  }

  private void putLoaded(PluginJar jar, List<InstalledHook> hooks, List<PluginProblem> found) {
    var problems = new ArrayList<PluginProblem>(found);
    if (!jar.bundled().isEmpty()) {
      problems.add(
          jar.problem(
              Code.BUNDLES_API,
              "The jar brings "
                  + String.join(" and ", jar.bundled())
                  + ", which come from the host.",
              "Give these dependencies the scope provided; the plugin works all the same."));
    }
    put(jar.file(), jar.id(), jar.version(), hooks, problems);
  }

  /** Makes the hooks on a thread of their own, which is given up if it takes too long. */
  private HookLoader.Result loadHooks(PluginJar jar, ClassLoader loader)
      throws PluginRejectedException {
    var task = new FutureTask<>(new HookLoader(jar, loader)::load);
    var thread = new Thread(task, "plugin-loader-" + jar.id());
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(loadLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var place = topFrame(thread);
      thread.interrupt();
      throw new PluginRejectedException(
          jar.problem(
              Code.LOAD_TIMEOUT,
              "The plugin's classes were not ready after "
                  + loadLimit.toSeconds()
                  + " s; the loader hangs at "
                  + place
                  + ".",
              "Move slow work from static initialisers and constructors into process()."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginRejectedException(
          jar.problem(Code.LOAD_TIMEOUT, "Loading was interrupted.", "Start the host again."));
    } catch (ExecutionException e) {
      throw new IllegalStateException("The loader of " + jar.id() + " failed.", e);
    }
  }

  private static String topFrame(Thread thread) {
    var frames = thread.getStackTrace();
    return frames.length == 0 ? "an unknown place" : frames[0].toString();
  }

  private void fail(PluginJar jar, PluginProblem problem) {
    put(jar.file(), jar.id(), jar.version(), List.of(), List.of(problem));
  }

  private void put(
      Path file,
      String id,
      String version,
      List<InstalledHook> hooks,
      List<PluginProblem> problems) {
    boolean isWhole = problems.stream().noneMatch(problem -> problem.code().isFatal());
    var state =
        hooks.isEmpty()
            ? InstalledPlugin.State.FAILED
            : isWhole ? InstalledPlugin.State.LOADED : InstalledPlugin.State.PARTLY_LOADED;
    plugins.put(file, new InstalledPlugin(file, id, version, state, hooks, problems));
  }

  /** The folder, absolute. */
  public Path folder() {
    return folder;
  }

  /** All jars of the folder, by file name. */
  public List<InstalledPlugin> plugins() {
    return plugins.values().stream().sorted(Comparator.comparing(InstalledPlugin::file)).toList();
  }

  /** All hooks that can be called, by id. */
  public List<InstalledHook> hooks() {
    return plugins.values().stream()
        .flatMap(plugin -> plugin.hooks().stream())
        .sorted(Comparator.comparing(InstalledHook::id))
        .toList();
  }

  /** All that is wrong. */
  public List<PluginProblem> problems() {
    return plugins().stream().flatMap(plugin -> plugin.problems().stream()).toList();
  }

  /** Stops and unloads all plugins, the last loaded first. What fails is logged. */
  @Override
  public void close() {
    while (!loaded.isEmpty()) {
      unload(loaded.removeLast());
    }
  }

  private void unload(String id) {
    try {
      var plugin = started.remove(id);
      if (plugin != null) {
        plugin.stop();
      }
    } catch (Throwable e) {
      LOG.warn("The Plugin-Class of {} failed to stop; it is unloaded all the same.", id, e);
    }
    try {
      manager.unloadPlugin(id);
    } catch (RuntimeException e) {
      LOG.warn("The plugin {} could not be unloaded.", id, e);
    }
  }
}
