package io.longline.host.plugins;

import io.longline.api.ApiVersion;
import io.longline.host.plugins.PluginProblem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Works out which plugins are to run, given those that run now, and loads what is not loaded. To be
 * used once, by one thread.
 *
 * <p>What runs and has not changed goes on as it is, unless something that it depends on is another
 * one now. What is new is verified first, and if it cannot be loaded as a whole, what it was to
 * replace stays.
 */
final class FolderLoading {

  private final JarLoader loader;

  /** What runs now, by file; empty at the start of a host. */
  private final Map<Path, LoadedPlugin> running;

  private final boolean isUpdate;
  private final Function<InstalledPlugin, List<String>> badSettings;

  /** What is to run, by file. */
  private final Map<Path, PluginJar> candidates = new LinkedHashMap<>();

  /** What keeps the jars that are there from running, by file. */
  private final Map<Path, List<PluginProblem>> refused = new LinkedHashMap<>();

  private final Map<Path, JarStamp> stamps = new HashMap<>();

  /** What was loaded that did not run before, in that order. */
  private final List<LoadedPlugin> fresh = new ArrayList<>();

  /** The loading at the start of a host. */
  FolderLoading(JarLoader loader) {
    this.loader = loader;
    this.running = Map.of();
    this.isUpdate = false;
    this.badSettings = plugin -> List.of();
  }

  /**
   * The loading of what has changed.
   *
   * @param running what runs now, by file
   * @param badSettings says what is wrong with the settings of a plugin that was just loaded
   */
  FolderLoading(
      JarLoader loader,
      Map<Path, LoadedPlugin> running,
      Function<InstalledPlugin, List<String>> badSettings) {
    this.loader = loader;
    this.running = Map.copyOf(running);
    this.isUpdate = true;
    this.badSettings = badSettings;
  }

  /**
   * What came of it.
   *
   * @param plugins all jars
   * @param loaded those that are loaded, by file, in the order that they were
   * @param stamps what the files looked like
   */
  record Result(
      List<InstalledPlugin> plugins, Map<Path, LoadedPlugin> loaded, Map<Path, JarStamp> stamps) {}

  /**
   * Takes all jars of a folder for candidates.
   *
   * @param copies where to copy them, which is what is loaded; null to load them where they are
   */
  void addAll(Path folder, @Nullable Path copies) throws IOException {
    for (var file : jarFiles(folder)) {
      var stamp = JarStamp.of(file);
      if (stamp != null) {
        stamps.put(file, stamp);
      }
      add(file, copies != null && isZip(file) ? JarCopies.copy(file, copies) : file);
    }
    if (isUpdate) {
      verifyNew();
    }
  }

  /** What is none is told when it is looked into, and need not be copied, however large it is. */
  private static boolean isZip(Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      return zip.size() >= 0;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static List<Path> jarFiles(Path folder) throws IOException {
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

  /** Takes a jar for a candidate. */
  void add(Path file, Path content) {
    try {
      candidates.put(file, new JarInspector().inspect(file, content));
    } catch (PluginRejectedException e) {
      refuse(file, List.of(e.problem()));
    }
  }

  private void verifyNew() {
    for (var file : List.copyOf(candidates.keySet())) {
      var jar = Objects.requireNonNull(candidates.get(file));
      if (isNew(jar)) {
        var findings = JarVerifier.verify(file, jar.content()).findings();
        refuse(file, findings.stream().filter(finding -> finding.code().isFatal()).toList());
      } else if (isSecondCopy(file, jar)) {
        refuse(
            file,
            List.of(
                new PluginProblem(
                    Code.DUPLICATE_ID,
                    file,
                    jar.id(),
                    "The jar is a copy of one that runs.",
                    "Remove one of the two.")));
      }
    }
  }

  /** Whether the same content runs, and is there under the name that it had. */
  private boolean isSecondCopy(Path file, PluginJar jar) {
    return !running.containsKey(file)
        && candidates.entrySet().stream()
            .anyMatch(
                other ->
                    running.containsKey(other.getKey())
                        && other.getValue().content().equals(jar.content()));
  }

  /** Whether this content does not run now. */
  private boolean isNew(PluginJar jar) {
    var known = byId(jar.id());
    return known == null || !known.jar().content().equals(jar.content());
  }

  private @Nullable LoadedPlugin byId(String id) {
    return running.values().stream()
        .filter(each -> each.jar().id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** Does without a jar, unless there is nothing wrong; what it was to replace stays. */
  private void refuse(Path file, List<PluginProblem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    refused.put(file, problems);
    candidates.remove(file);
    var id = problems.get(0).plugin();
    var old = running.get(file);
    if (old == null && candidates.values().stream().noneMatch(jar -> jar.id().equals(id))) {
      old = byId(id);
    }
    if (old != null) {
      candidates.put(file, old.jar());
    }
  }

  /** Loads the candidates that can be loaded. */
  Result load() {
    try {
      for (; ; ) {
        var selection = PluginSelection.of(List.copyOf(candidates.values()), ApiVersion.current());
        if (refusesAny(selection.problems())) {
          continue;
        }
        var loaded = load(selection);
        if (refusesAny(troubles())) {
          unloadFresh();
          continue;
        }
        return result(selection, loaded);
      }
    } catch (RuntimeException | Error e) {
      unloadFresh();
      throw e;
    }
  }

  /** Whether a new jar is done without because of this. */
  private boolean refusesAny(List<PluginProblem> problems) {
    if (!isUpdate) {
      return false;
    }
    var refusals = new LinkedHashMap<Path, List<PluginProblem>>();
    for (var problem : problems) {
      if (problem.code().isFatal()) {
        blame(problem)
            .forEach(
                (file, why) -> refusals.computeIfAbsent(file, each -> new ArrayList<>()).add(why));
      }
    }
    refusals.forEach(this::refuse);
    return !refusals.isEmpty();
  }

  /**
   * The new jars that would bring a problem: the one that has it, or those that a plugin which runs
   * would have it with.
   */
  private Map<Path, PluginProblem> blame(PluginProblem problem) {
    var blamed = new LinkedHashMap<Path, PluginProblem>();
    candidates.forEach(
        (file, jar) -> {
          if (!jar.file().equals(problem.file())) {
            return;
          }
          if (isNew(jar)) {
            blamed.put(file, problem);
          } else if (hasHooks(jar.id())) {
            newDependencies(jar, new HashSet<>())
                .forEach(
                    (place, dependency) ->
                        blamed.put(
                            place,
                            dependency.problem(
                                problem.code(),
                                "The plugin %s, which depends on it, would not run with it: %s"
                                    .formatted(jar.id(), problem.sentence()),
                                "Put a version of %s beside it that fits.".formatted(jar.id()))));
          }
        });
    return blamed;
  }

  /** The jars among what a plugin depends on that do not run now. */
  private Map<Path, PluginJar> newDependencies(PluginJar jar, Set<String> seen) {
    var found = new LinkedHashMap<Path, PluginJar>();
    for (var dependency : jar.descriptor().getDependencies()) {
      candidates.forEach(
          (file, candidate) -> {
            if (candidate.id().equals(dependency.getPluginId()) && seen.add(candidate.id())) {
              if (isNew(candidate)) {
                found.put(file, candidate);
              }
              found.putAll(newDependencies(candidate, seen));
            }
          });
    }
    return found;
  }

  /** Whether a plugin runs that has something to lose. */
  private boolean hasHooks(String id) {
    var known = byId(id);
    return known != null && !known.plugin().hooks().isEmpty();
  }

  private Map<String, LoadedPlugin> load(PluginSelection selection) {
    var ordered = selection.inLoadOrder();
    var isFresh = new HashSet<String>();
    for (var jar : ordered) {
      if (!goesOn(jar, selection, isFresh)) {
        isFresh.add(jar.id());
        loader.prepare(jar, selection.withDependencies(jar));
      }
    }
    var loaded = new LinkedHashMap<String, LoadedPlugin>();
    for (var jar : ordered) {
      var plugin = byId(jar.id());
      if (plugin == null || isFresh.contains(jar.id())) {
        var dependencies =
            dependencies(jar, selection).stream()
                .map(each -> Objects.requireNonNull(loaded.get(each.id())))
                .toList();
        plugin = loader.load(jar, dependencies);
        fresh.add(plugin);
      }
      loaded.put(jar.id(), plugin);
    }
    return loaded;
  }

  /** Whether a plugin that runs goes on as it is. */
  private boolean goesOn(PluginJar jar, PluginSelection selection, Set<String> isFresh) {
    var known = byId(jar.id());
    if (known == null || !known.jar().content().equals(jar.content()) || mayLoadNow(known)) {
      return false;
    }
    var before = known.dependencies().stream().map(each -> each.jar().id()).toList();
    var now = dependencies(jar, selection).stream().map(PluginJar::id).toList();
    return before.equals(now) && now.stream().noneMatch(isFresh::contains);
  }

  /** Whether what kept it from loading need not be there the next time. */
  private static boolean mayLoadNow(LoadedPlugin plugin) {
    return plugin.plugin().problems().stream()
        .anyMatch(
            problem ->
                problem.code() == Code.LOAD_TIMEOUT || problem.code() == Code.PROCESS_FAILED);
  }

  private static List<PluginJar> dependencies(PluginJar jar, PluginSelection selection) {
    var all = selection.withDependencies(jar);
    return all.subList(0, all.size() - 1);
  }

  /** What is wrong with what was just loaded, so that what it was to replace had better stay. */
  private List<PluginProblem> troubles() {
    var troubles = new ArrayList<PluginProblem>();
    if (!isUpdate) {
      return troubles;
    }
    for (var each : fresh) {
      var plugin = each.plugin();
      var before = byId(plugin.id());
      if (before != null && hasHooks(plugin.id())) {
        var known = before.plugin().problems();
        plugin.problems().stream()
            .filter(problem -> problem.code().isFatal() && !known.contains(problem))
            .forEach(troubles::add);
      }
      var wrong = new ArrayList<>(plugin.badSettings());
      wrong.addAll(badSettings.apply(plugin));
      if (!wrong.isEmpty()) {
        troubles.add(
            each.jar()
                .problem(
                    Code.SETTINGS_MISMATCH,
                    "What is set for the plugin does not fit: " + sentence(wrong),
                    "Mend the settings and start the host again: it has read them when it started."));
      }
    }
    return troubles;
  }

  private static String sentence(List<String> parts) {
    var text = String.join("; ", parts);
    return text.endsWith(".") ? text : text + ".";
  }

  private void unloadFresh() {
    while (!fresh.isEmpty()) {
      fresh.remove(fresh.size() - 1).unload();
    }
  }

  private Result result(PluginSelection selection, Map<String, LoadedPlugin> loaded) {
    var plugins = new LinkedHashMap<Path, InstalledPlugin>();
    var byFile = new LinkedHashMap<Path, LoadedPlugin>();
    refused.forEach(
        (file, problems) ->
            plugins.put(
                file, InstalledPlugin.failed(file, problems.get(0).plugin(), "", problems)));
    candidates.forEach(
        (file, jar) -> {
          var more = new ArrayList<>(refused.getOrDefault(file, List.of()));
          var plugin = loaded.get(jar.id());
          if (plugin != null && plugin.jar().content().equals(jar.content())) {
            plugins.put(file, plugin.plugin().at(file, more));
          } else {
            selection.problems().stream()
                .filter(problem -> problem.file().equals(jar.file()))
                .forEach(more::add);
            plugins.put(file, InstalledPlugin.failed(file, jar.id(), jar.version(), more));
          }
        });
    for (var plugin : loaded.values()) {
      candidates.forEach(
          (file, jar) -> {
            if (jar.id().equals(plugin.jar().id())
                && jar.content().equals(plugin.jar().content())) {
              byFile.put(file, plugin);
            }
          });
    }
    return new Result(List.copyOf(plugins.values()), byFile, stamps);
  }
}
