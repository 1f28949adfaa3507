package io.longline.host.plugins;

import io.longline.host.plugins.PluginProblem.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pf4j.PluginDependency;

/**
 * Decides which jars are loaded, and in which order: of each plugin id the newest that fits this
 * API, unless a dependency is missing; dependencies come first. Ids that differ only by case are
 * one. Of equal versions it is the jar that is named {@code ID-VERSION.jar}, as installing does.
 * Each jar that is left out has a problem that says why. Confined to one thread.
 */
final class PluginSelection {

  private final String apiVersion;

  /** By id; ids that differ only by case are one. */
  private final Map<String, PluginJar> selected = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private final List<PluginProblem> problems = new ArrayList<>();

  private PluginSelection(String apiVersion) {
    this.apiVersion = apiVersion;
  }

  /** Selects from these jars. */
  static PluginSelection of(List<PluginJar> jars, String apiVersion) {
    var selection = new PluginSelection(apiVersion);
    selection.selectOneForEachId(selection.whatFitsThisApi(jars));
    selection.dropCycles();
    selection.dropWhatMissesADependency();
    return selection;
  }

  /** Why jars are left out. */
  List<PluginProblem> problems() {
    return List.copyOf(problems);
  }

  private void drop(PluginJar jar, Code code, String sentence, String remedy) {
    problems.add(jar.problem(code, sentence, remedy));
    selected.remove(jar.id(), jar);
  }

  private void selectOneForEachId(List<PluginJar> jars) {
    var byId = new TreeMap<String, List<PluginJar>>(String.CASE_INSENSITIVE_ORDER);
    for (var jar : jars) {
      byId.computeIfAbsent(jar.id(), id -> new ArrayList<>()).add(jar);
    }
    for (var same : byId.values()) {
      selectOneOf(same);
    }
  }

  private void selectOneOf(List<PluginJar> same) {
    same.sort(
        Comparator.comparing(PluginJar::version, Versions::compare)
            .thenComparing(PluginJar::isNamedByVersion)
            .reversed());
    var best = same.get(0);
    if (same.size() > 1 && isAsGood(same.get(1), best)) {
      same.forEach(jar -> dropEqual(jar, jar.equals(best) ? same.get(1) : best));
      return;
    }
    selected.put(best.id(), best);
    same.subList(1, same.size()).forEach(jar -> passOver(jar, best));
  }

  private static boolean isAsGood(PluginJar one, PluginJar other) {
    return Versions.compare(one.version(), other.version()) == 0
        && one.isNamedByVersion() == other.isNamedByVersion();
  }

  private void dropEqual(PluginJar jar, PluginJar other) {
    drop(
        jar,
        Code.DUPLICATE_ID,
        "The plugin id %s is also that of %s, version %s; with equal versions neither is loaded."
            .formatted(jar.id(), other.file().getFileName(), other.version()),
        "Remove one of the two jars, or give one of them a different Plugin-Id.");
  }

  private void passOver(PluginJar jar, PluginJar better) {
    drop(
        jar,
        Code.PASSED_OVER,
        "Version %s of %s is passed over, since %s has version %s."
            .formatted(jar.version(), jar.id(), better.file().getFileName(), better.version()),
        "Remove the jar that you do not want: %s or %s."
            .formatted(jar.file().getFileName(), better.file().getFileName()));
  }

  /** Whether a file is passed over, since another has the plugin too. */
  boolean isPassedOver(Path file) {
    return problems.stream()
        .anyMatch(problem -> problem.code() == Code.PASSED_OVER && problem.file().equals(file));
  }

  private List<PluginJar> whatFitsThisApi(List<PluginJar> jars) {
    var fitting = new ArrayList<PluginJar>();
    for (var jar : jars) {
      var requires = jar.descriptor().getRequires().strip();
      if (ApiRequirement.isMet(apiVersion, requires)) {
        fitting.add(jar);
      } else {
        drop(
            jar,
            Code.REQUIRES_OTHER_API,
            "The plugin requires plugin-api " + requires + "; this host has " + apiVersion + ".",
            "Install a version of the plugin for plugin-api "
                + apiVersion
                + ", or another Longline.");
      }
    }
    return fitting;
  }

  private void dropCycles() {
    for (var jar : List.copyOf(selected.values())) {
      var cycle = cycleFrom(jar);
      if (!cycle.isEmpty()) {
        problems.add(
            jar.problem(
                Code.DEPENDENCY_CYCLE,
                "The plugin depends on itself: " + String.join(" -> ", cycle) + ".",
                "Take one of these out of Plugin-Dependencies."));
      }
    }
    for (var problem : problems) {
      if (problem.code() == Code.DEPENDENCY_CYCLE) {
        selected.remove(problem.plugin());
      }
    }
  }

  /** The path along dependencies from a plugin back to itself; empty if there is none. */
  private List<String> cycleFrom(PluginJar start) {
    var cameFrom = new LinkedHashMap<String, String>();
    var queue = new ArrayList<String>(List.of(start.id()));
    for (int i = 0; i < queue.size(); i++) {
      var jar = selected.get(queue.get(i));
      if (jar == null) {
        continue;
      }
      for (var dependency : jar.descriptor().getDependencies()) {
        var id = dependency.getPluginId();
        if (id.equals(start.id())) {
          var way = new ArrayList<String>(List.of(id));
          for (var at = jar.id();
              !at.equals(start.id());
              at = cameFrom.getOrDefault(at, start.id())) {
            way.add(0, at);
          }
          way.add(0, start.id());
          return way;
        }
        if (!cameFrom.containsKey(id)) {
          cameFrom.put(id, jar.id());
          queue.add(id);
        }
      }
    }
    return List.of();
  }

  private void dropWhatMissesADependency() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (var jar : List.copyOf(selected.values())) {
        for (var dependency : jar.descriptor().getDependencies()) {
          if (!dependency.isOptional() && isMissing(dependency) && selected.containsValue(jar)) {
            drop(
                jar,
                Code.MISSING_DEPENDENCY,
                "The plugin depends on "
                    + describe(dependency)
                    + ", which is missing or did not load.",
                remedy(dependency));
            changed = true;
          }
        }
      }
    }
  }

  private boolean isMissing(PluginDependency dependency) {
    var found = selected.get(dependency.getPluginId());
    // pf4j finds it by its exact name.
    return found == null
        || !found.id().equals(dependency.getPluginId())
        || !ApiRequirement.fits(found.version(), dependency.getPluginVersionSupport());
  }

  private String remedy(PluginDependency dependency) {
    var found = selected.get(dependency.getPluginId());
    return found == null || found.id().equals(dependency.getPluginId())
        ? "Put that plugin into the plugins folder, or fix it first."
        : "Write it as %s in Plugin-Dependencies, as the plugin does itself.".formatted(found.id());
  }

  private static String describe(PluginDependency dependency) {
    var version = dependency.getPluginVersionSupport();
    return dependency.getPluginId() + (version.equals("*") ? "" : " " + version);
  }

  /** The selected jars, each after those that it depends on, else in the order of their ids. */
  List<PluginJar> inLoadOrder() {
    var ordered = new LinkedHashSet<PluginJar>();
    for (var jar : selected.values()) {
      addWithDependencies(jar, ordered, new LinkedHashSet<>());
    }
    return List.copyOf(ordered);
  }

  /** The jars that a selected jar depends on, each after its own dependencies, and last itself. */
  List<PluginJar> withDependencies(PluginJar jar) {
    var ordered = new LinkedHashSet<PluginJar>();
    addWithDependencies(jar, ordered, new LinkedHashSet<>());
    return List.copyOf(ordered);
  }

  private void addWithDependencies(PluginJar jar, Set<PluginJar> ordered, Set<PluginJar> onTheWay) {
    if (!onTheWay.add(jar)) {
      return;
    }
    for (var dependency : jar.descriptor().getDependencies()) {
      var found = selected.get(dependency.getPluginId());
      if (found != null) {
        addWithDependencies(found, ordered, onTheWay);
      }
    }
    ordered.add(jar);
  }
}
