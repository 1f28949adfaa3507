package io.longline.host.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A jar of the plugins folder with its hooks and problems. Immutable.
 *
 * @param file the jar
 * @param id the plugin's id; the file's name where it has none
 * @param version its version; empty if unknown
 * @param state how much of it is loaded
 * @param hooks the hooks that can be called
 * @param problems what is wrong
 * @param badSettings what is wrong with its settings, as its own process has reported it; empty for
 *     a plugin in the host
 */
public record InstalledPlugin(
    Path file,
    String id,
    String version,
    State state,
    List<InstalledHook> hooks,
    List<PluginProblem> problems,
    List<String> badSettings) {

  /** How much of a plugin is loaded. */
  public enum State {
    /** All its hooks can be called. */
    LOADED,
    /** Some of its hooks can be called. */
    PARTLY_LOADED,
    /** None of its hooks can be called. */
    FAILED,
    /** Nothing is wrong, but another jar has a newer version of the plugin. */
    PASSED_OVER
  }

  /** Makes copies of the lists. */
  public InstalledPlugin {
    hooks = List.copyOf(hooks);
    problems = List.copyOf(problems);
    badSettings = List.copyOf(badSettings);
  }

  /** A jar, whose state follows from what it has. */
  static InstalledPlugin of(
      Path file,
      String id,
      String version,
      List<InstalledHook> hooks,
      List<PluginProblem> problems,
      List<String> badSettings) {
    return new InstalledPlugin(
        file, id, version, state(hooks, problems), hooks, problems, badSettings);
  }

  private static State state(List<InstalledHook> hooks, List<PluginProblem> problems) {
    boolean isWhole = problems.stream().noneMatch(problem -> problem.code().isFatal());
    if (!hooks.isEmpty()) {
      return isWhole ? State.LOADED : State.PARTLY_LOADED;
    }
    boolean isPassedOver =
        problems.stream().anyMatch(problem -> problem.code() == PluginProblem.Code.PASSED_OVER);
    return isWhole && isPassedOver ? State.PASSED_OVER : State.FAILED;
  }

  /** A jar without any hook that can be called. */
  static InstalledPlugin failed(
      Path file, String id, String version, List<PluginProblem> problems) {
    return of(file, id, version, List.of(), problems, List.of());
  }

  /** A copy with another file and more problems. */
  InstalledPlugin at(Path place, List<PluginProblem> more) {
    var all = new ArrayList<>(problems);
    all.addAll(more);
    return new InstalledPlugin(place, id, version, state, hooks, all, badSettings);
  }
}
