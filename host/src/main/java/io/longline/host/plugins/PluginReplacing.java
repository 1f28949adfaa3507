package io.longline.host.plugins;

import io.longline.host.plugins.PluginProblem.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads the jars of a folder beside the plugins that run. To be used once, by one thread.
 *
 * <p>A plugin whose jar has not changed stays as it is, unless one that it depends on is replaced:
 * then it is loaded again. A new jar is verified first. It is refused if it would not load as a
 * whole, if a running plugin would not load with it, or if its settings do not fit; the plugin that
 * it was to replace stays then.
 */
final class PluginReplacing {

  private final FolderJars jars;
  private final LoadedPlugins running;
  private final JarLoader loader;
  private final Function<InstalledPlugin, List<String>> badSettings;

  /**
   * A replacing.
   *
   * @param jars the jars as they are now
   * @param running the plugins that run now
   * @param badSettings what is wrong with the settings of a plugin that was just loaded
   */
  PluginReplacing(
      FolderJars jars,
      LoadedPlugins running,
      JarLoader loader,
      Function<InstalledPlugin, List<String>> badSettings) {
    this.jars = jars;
    this.running = running;
    this.loader = loader;
    this.badSettings = badSettings;
  }

  /** Loads the jars that can be loaded. */
  LoadedFolder load() {
    jars.refused().forEach((file, problems) -> keepOld(file, problems.get(0).plugin()));
    verifyNewJars();
    for (; ; ) {
      var selection = jars.select();
      var folder = refusesAny(selection.problems()) ? null : load(selection);
      if (folder != null) {
        return folder;
      }
    }
  }

  private void verifyNewJars() {
    for (var candidate : jars.candidates().entrySet()) {
      var file = candidate.getKey();
      var jar = candidate.getValue();
      if (!running.has(jar)) {
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
                    "The jar is a copy of one that is running.",
                    "Remove one of the two jars.")));
      }
    }
  }

  /** Whether the content runs already, and is still in the file that it was loaded from. */
  private boolean isSecondCopy(Path file, PluginJar jar) {
    return running.at(file) == null
        && jars.candidates().entrySet().stream()
            .anyMatch(
                other ->
                    running.at(other.getKey()) != null
                        && other.getValue().content().equals(jar.content()));
  }

  /** Loads a selection; null if a new jar was refused, so that there is another selection. */
  private @Nullable LoadedFolder load(PluginSelection selection) {
    var loading = new SelectionLoading(selection, running, loader);
    LoadedFolder folder = null;
    try {
      var loaded = loading.load();
      if (!refusesAny(troubles(loading.fresh()))) {
        folder = jars.loaded(selection, loaded);
      }
      return folder;
    } finally {
      if (folder == null) {
        loading.undo();
      }
    }
  }

  /** Refuses the new jars that problems are to be blamed on; returns whether there were any. */
  private boolean refusesAny(List<PluginProblem> problems) {
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

  /** Does without a jar if it has problems; the plugin that it was to replace stays. */
  private void refuse(Path file, List<PluginProblem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    jars.refuse(file, problems);
    keepOld(file, problems.get(0).plugin());
  }

  /**
   * Keeps the plugin that ran from a file that was refused, or else the one that has the same id
   * and would otherwise end.
   */
  private void keepOld(Path file, String id) {
    var old = running.at(file);
    if (old == null
        && jars.candidates().values().stream().noneMatch(jar -> jar.id().equalsIgnoreCase(id))) {
      old = running.withId(id);
    }
    if (old != null) {
      jars.keep(file, old.jar());
    }
  }

  /**
   * The new jars that bring a problem, by file, each with the problem as it is to be reported: the
   * jar that has it, or else the new dependencies of a running plugin that would have it.
   */
  private Map<Path, PluginProblem> blame(PluginProblem problem) {
    var blamed = new LinkedHashMap<Path, PluginProblem>();
    jars.candidates()
        .forEach(
            (file, jar) -> {
              if (jar.file().equals(problem.file())) {
                if (!running.has(jar)) {
                  blamed.put(file, problem);
                } else if (hasHooks(running.withId(jar.id()))) {
                  newDependencies(jar, new HashSet<>())
                      .forEach(
                          (place, dependency) ->
                              blamed.put(place, problemOfDependent(dependency, jar, problem)));
                }
              }
            });
    return blamed;
  }

  private static PluginProblem problemOfDependent(
      PluginJar dependency, PluginJar dependent, PluginProblem problem) {
    return dependency.problem(
        problem.code(),
        "The plugin %s, which depends on it, would not run with it: %s"
            .formatted(dependent.id(), problem.sentence()),
        "Install a version of %s that fits it as well.".formatted(dependent.id()));
  }

  /** The jars that do not run yet among those that a plugin depends on, by file. */
  private Map<Path, PluginJar> newDependencies(PluginJar jar, Set<String> seen) {
    var found = new LinkedHashMap<Path, PluginJar>();
    for (var dependency : jar.descriptor().getDependencies()) {
      jars.candidates()
          .forEach(
              (file, candidate) -> {
                if (candidate.id().equals(dependency.getPluginId()) && seen.add(candidate.id())) {
                  if (!running.has(candidate)) {
                    found.put(file, candidate);
                  }
                  found.putAll(newDependencies(candidate, seen));
                }
              });
    }
    return found;
  }

  /** Whether a plugin has something to lose. */
  private static boolean hasHooks(@Nullable LoadedPlugin plugin) {
    return plugin != null && !plugin.plugin().hooks().isEmpty();
  }

  /** The problems of plugins that were just loaded for which the old ones had better stay. */
  private List<PluginProblem> troubles(List<LoadedPlugin> fresh) {
    var troubles = new ArrayList<PluginProblem>();
    for (var each : fresh) {
      troubles.addAll(newProblems(each.plugin()));
      var wrong = new ArrayList<>(each.plugin().badSettings());
      wrong.addAll(badSettings.apply(each.plugin()));
      if (!wrong.isEmpty()) {
        troubles.add(
            each.jar()
                .problem(
                    Code.SETTINGS_MISMATCH,
                    "The settings of the plugin do not fit it: " + sentence(wrong),
                    "Fix the settings and restart the host; it reads them only at startup."));
      }
    }
    return troubles;
  }

  /** The problems that a plugin with hooks did not have before; none if it had no hooks. */
  private List<PluginProblem> newProblems(InstalledPlugin plugin) {
    var before = running.withId(plugin.id());
    if (before == null || !hasHooks(before)) {
      return List.of();
    }
    var known = before.plugin().problems();
    return plugin.problems().stream()
        .filter(problem -> problem.code().isFatal() && !known.contains(problem))
        .toList();
  }

  private static String sentence(List<String> parts) {
    var text = String.join("; ", parts);
    return text.endsWith(".") ? text : text + ".";
  }
}
