package io.longline.host.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Runs plugins in processes of their own, for the catalog that finds them. */
public interface PluginProcesses {

  /** Whether a plugin runs in a process of its own. */
  boolean isIsolated(String pluginId);

  /**
   * Begins to start a process for a plugin, so that several get ready at the same time. There may
   * be one of another version of the plugin beside it.
   *
   * @param pluginId the plugin
   * @param jars its jar, last, and before it those of the plugins that it depends on
   */
  PluginProcess start(String pluginId, List<JarCopy> jars);

  /** The process of a plugin. Thread-safe. */
  interface PluginProcess extends AutoCloseable {

    /** Which it is, from 1. */
    long number();

    /**
     * Waits until it has made the hooks.
     *
     * @return what came of it
     * @throws NoProcessException if there is not what a process takes
     * @throws IOException if the process cannot be started or does not get so far; the message says
     *     why
     */
    Loaded ready() throws IOException;

    /** Ends it. */
    @Override
    void close();
  }

  /** There is not what a process takes; the plugin is not to blame. */
  class NoProcessException extends IOException {

    private static final long serialVersionUID = 1;

    private NoProcessException(String message, IOException cause) {
      super(message, cause);
    }

    /** The system has no room for one. */
    public static NoProcessException noRoom(IOException cause) {
      return new NoProcessException(
          cause.getMessage() + ". This machine, or the limits of this process, left no room.",
          cause);
    }

    /** The host's folder for it is gone, and cannot be made again. */
    public static NoProcessException noFolder(IOException cause) {
      return new NoProcessException(
          "somebody has removed the host's private folder, and it cannot be made again: " + cause,
          cause);
    }
  }

  /**
   * A jar of the plugins folder.
   *
   * @param file where a person finds it
   * @param content what is loaded; the same or a copy
   */
  record JarCopy(Path file, Path content) {

    /**
     * Makes the copy again if somebody has removed it.
     *
     * @throws IOException if that fails, or the jar is another one by now
     */
    public void restore() throws IOException {
      if (!Files.exists(content)
          && !JarCopies.copy(
                  file, Objects.requireNonNull(content.getParent()), JarCopies.isHashed(content))
              .equals(content)) {
        throw new IOException(
            "somebody has removed the host's copy of "
                + file
                + ", and the jar has changed since; start the host again");
      }
    }
  }

  /**
   * What a plugin's process has.
   *
   * @param hooks its hooks
   * @param problems what is wrong
   * @param badSettings what is wrong with its settings
   */
  record Loaded(
      List<HookDescription> hooks, List<PluginProblem> problems, List<String> badSettings) {

    /** Makes copies. */
    public Loaded {
      hooks = List.copyOf(hooks);
      problems = List.copyOf(problems);
      badSettings = List.copyOf(badSettings);
    }
  }
}
