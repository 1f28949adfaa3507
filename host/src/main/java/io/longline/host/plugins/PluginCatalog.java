package io.longline.host.plugins;

import static java.util.stream.Collectors.toSet;

import io.longline.host.trust.PluginTrust;
import io.longline.host.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a folder at one moment: all jars, the plugins that are loaded, and the problems.
 * Its contents are immutable; loading and closing are confined to one thread at a time.
 *
 * <p>No jar keeps another from loading. Jars are inspected without running anything, those that fit
 * are handed to pf4j one by one, and their hooks are created class by class within a time limit.
 */
public final class PluginCatalog implements AutoCloseable {

  /** How long creating the hooks of one plugin may take. */
  public static final Duration LOAD_LIMIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(PluginCatalog.class);

  private final Path folder;
  private final PluginTrust trust;
  private final JarLoader loader;
  private final @Nullable PrivateFolder copies;

  /** The copies, if the folder for them was made for this catalog alone. */
  private @Nullable PrivateFolder ownCopies;

  private final List<InstalledPlugin> plugins;
  private final LoadedPlugins loaded;
  private final Map<Path, JarStamp> stamps;

  private PluginCatalog(
      Path folder,
      PluginTrust trust,
      JarLoader loader,
      @Nullable PrivateFolder copies,
      LoadedFolder content) {
    this.folder = folder;
    this.trust = trust;
    this.loader = loader;
    this.copies = copies;
    this.plugins =
        content.plugins().stream().sorted(Comparator.comparing(InstalledPlugin::file)).toList();
    this.loaded = content.loaded();
    this.stamps = content.stamps();
  }

  /** The problems that another catalog does not have, or has with an older version of the jar. */
  public List<PluginProblem> problemsNotIn(PluginCatalog other) {
    var known = new HashSet<>(other.problems());
    return problems().stream()
        .filter(
            problem ->
                !known.contains(problem)
                    || !Objects.equals(
                        stamps.get(problem.file()), other.stamps.get(problem.file())))
        .toList();
  }

  /**
   * Loads the plugins of a folder: every file in it that ends in {@code .jar}.
   *
   * @param trust which of them may be loaded; if not any, copies are checked and loaded
   * @param loadLimit how long creating the hooks of one plugin may take
   * @throws IOException if the folder, its lock or the keys cannot be read; the message says why
   */
  public static PluginCatalog load(Path folder, PluginTrust trust, Duration loadLimit)
      throws IOException {
    if (trust.policy() == TrustPolicy.ANY) {
      return loadAll(folder, trust, loadLimit, null, null);
    }
    var copies = PrivateFolder.open();
    boolean isDone = false;
    try {
      var catalog = loadAll(folder, trust, loadLimit, copies, null);
      catalog.ownCopies = copies;
      isDone = true;
      return catalog;
    } finally {
      if (!isDone) {
        copies.close();
      }
    }
  }

  /**
   * Loads the plugins of a folder from copies, so that a jar can be replaced while its plugin runs,
   * and some of them into processes of their own.
   *
   * @param trust which jars may be loaded
   * @param loadLimit how long creating the hooks of one plugin may take
   * @param copies where the copies go
   * @param processes runs the isolated plugins
   * @throws IOException if the folder, its lock or the keys cannot be read, or a copy cannot be
   *     made; the message says why
   */
  public static PluginCatalog load(
      Path folder,
      PluginTrust trust,
      Duration loadLimit,
      PrivateFolder copies,
      PluginProcesses processes)
      throws IOException {
    return loadAll(folder, trust, loadLimit, copies, processes);
  }

  private static PluginCatalog loadAll(
      Path folder,
      PluginTrust trust,
      Duration loadLimit,
      @Nullable PrivateFolder copies,
      @Nullable PluginProcesses processes)
      throws IOException {
    var place = folder.toAbsolutePath().normalize();
    var loader = new JarLoader(place, loadLimit, processes);
    var check = new TrustCheck(place, trust.in(place));
    var jars = FolderJars.of(check, copies == null ? null : copies.path());
    return new PluginCatalog(place, trust, loader, copies, load(jars, loader));
  }

  /**
   * Loads a plugin, with those that it depends on, in its own process. The host has checked whether
   * these copies may be loaded.
   *
   * @param jars the jars of the plugins that it depends on, and last its own
   * @param loadLimit how long creating the hooks of one plugin may take
   */
  public static PluginCatalog load(List<PluginProcesses.JarCopy> jars, Duration loadLimit) {
    var last = jars.get(jars.size() - 1).file().toAbsolutePath();
    var folder = Objects.requireNonNull(last.getParent());
    var loader = new JarLoader(folder, loadLimit, null);
    var folderJars = new FolderJars(null);
    jars.forEach(jar -> folderJars.add(jar.file(), jar.content()));
    return new PluginCatalog(folder, PluginTrust.ANY, loader, null, load(folderJars, loader));
  }

  /** Loads the jars that can be loaded, where no plugin runs yet. */
  private static LoadedFolder load(FolderJars jars, JarLoader loader) {
    var selection = jars.select();
    var loading = new SelectionLoading(selection, LoadedPlugins.NONE, loader);
    return jars.loaded(selection, loading.load());
  }

  /**
   * Loads the plugins of the folder as it is now. Plugins that have not changed are in both
   * catalogs. A new jar is verified and loaded beside the old one; if it is bad, both catalogs have
   * the old one. To be followed by {@link #unloadAllBut}, of one catalog or the other.
   *
   * @param badSettings returns what is wrong with the settings of a plugin that was just loaded
   * @throws IOException if the folder, its lock or the keys cannot be read; nothing has changed
   *     then
   * @throws IllegalStateException if this catalog was loaded without copies of the jars
   */
  public PluginCatalog next(Function<InstalledPlugin, List<String>> badSettings)
      throws IOException {
    if (copies == null) {
      throw new IllegalStateException("Jars that were loaded in place cannot be replaced.");
    }
    var jars = FolderJars.of(new TrustCheck(folder, trust.in(folder)), copies.path());
    var replacing = new PluginReplacing(jars, loaded, loader, badSettings);
    return new PluginCatalog(folder, trust, loader, copies, replacing.load());
  }

  /** The plugins that are loaded here and not in another catalog. */
  public List<InstalledPlugin> notIn(PluginCatalog other) {
    return loaded.notIn(other.loaded).stream().map(LoadedPlugin::plugin).toList();
  }

  /** The folder, absolute. */
  public Path folder() {
    return folder;
  }

  /** All jars of the folder, by file name. */
  public List<InstalledPlugin> plugins() {
    return plugins;
  }

  /** All hooks that can be called, by id. */
  public List<InstalledHook> hooks() {
    return plugins.stream()
        .flatMap(plugin -> plugin.hooks().stream())
        .sorted(Comparator.comparing(InstalledHook::id))
        .toList();
  }

  /** All problems of all jars. */
  public List<PluginProblem> problems() {
    return plugins.stream().flatMap(plugin -> plugin.problems().stream()).toList();
  }

  /**
   * Stops and unloads the plugins that another catalog does not have, the last loaded first.
   * Failures are logged.
   */
  public void unloadAllBut(PluginCatalog other) {
    unload(loaded.notIn(other.loaded));
    var used = other.loaded.all().stream().map(each -> each.jar().content()).collect(toSet());
    try {
      if (copies != null) {
        JarCopies.removeAllBut(used, copies.path());
      }
    } catch (IOException e) {
      LOG.warn("Copies of jars that are no longer used could not be removed.", e);
    }
  }

  /** Stops and unloads all plugins, the last loaded first. Failures are logged. */
  @Override
  public void close() {
    unload(loaded.notIn(LoadedPlugins.NONE));
    if (ownCopies != null) {
      ownCopies.close();
    }
  }

  private static void unload(List<LoadedPlugin> plugins) {
    var last = new ArrayList<>(plugins);
    Collections.reverse(last);
    last.forEach(LoadedPlugin::unload);
  }
}
