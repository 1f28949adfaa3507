package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs plugins in processes of their own, for the catalog that finds them. */
public interface PluginProcesses {

  /** Whether a plugin runs in a process of its own. */
  boolean isIsolated(String pluginId);

  /**
   * Where the host keeps copies of the jars that it runs, so that a jar can be replaced while its
   * plugin runs; null to run them where they are.
   */
  @Nullable Path copies();

  /**
   * Begins to start the process of a plugin, so that several get ready at the same time. {@link
   * #load} waits for it.
   */
  void prepare(String pluginId, List<JarCopy> jars);

  /**
   * Starts the process of a plugin, which makes the hooks.
   *
   * @param pluginId the plugin
   * @param jars its jar, last, and before it those of the plugins that it depends on
   * @return what came of it
   * @throws IOException if the process cannot be started or does not get so far; the message says
   *     why
   */
  Loaded load(String pluginId, List<JarCopy> jars) throws IOException;

  /**
   * A jar of the plugins folder.
   *
   * @param file where a person finds it
   * @param content what is loaded; the same or a copy
   */
  record JarCopy(Path file, Path content) {}

  /**
   * What a plugin's process has.
   *
   * @param hooks its hooks
   * @param problems what is wrong
   */
  record Loaded(List<HookDescription> hooks, List<PluginProblem> problems) {

    /** Makes copies. */
    public Loaded {
      hooks = List.copyOf(hooks);
      problems = List.copyOf(problems);
    }
  }
}
