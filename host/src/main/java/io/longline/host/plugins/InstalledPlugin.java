package io.longline.host.plugins;

import java.nio.file.Path;
import java.util.List;

/**
 * A jar of the plugins folder and what came of it. Immutable.
 *
 * @param file the jar
 * @param id the plugin's id; the file's name where it has none
 * @param version its version; empty if unknown
 * @param state how it is
 * @param hooks the hooks that can be called
 * @param problems what is wrong
 */
public record InstalledPlugin(
    Path file,
    String id,
    String version,
    State state,
    List<InstalledHook> hooks,
    List<PluginProblem> problems) {

  /** How a plugin is. */
  public enum State {
    /** All its hooks can be called. */
    LOADED,
    /** Some of its hooks can be called. */
    PARTLY_LOADED,
    /** None can. */
    FAILED
  }

  /** Makes copies of the lists. */
  public InstalledPlugin {
    hooks = List.copyOf(hooks);
    problems = List.copyOf(problems);
  }
}
