package io.longline.host.plugins;

import java.nio.file.Path;

/**
 * Something wrong with a plugin: a sentence for the person who can mend it, and what to do.
 * Immutable.
 *
 * @param code a name for scripts
 * @param file the jar
 * @param plugin the plugin's id, or the file's name where it has none
 * @param sentence what is wrong, in one sentence
 * @param remedy what to do, in one sentence
 */
public record PluginProblem(Code code, Path file, String plugin, String sentence, String remedy) {

  /** The kinds of problems. Names are part of what users rely on. */
  public enum Code {
    /** The file cannot be read as a jar. */
    NOT_A_JAR(true),
    /** The jar declares nothing. */
    NOT_A_PLUGIN(true),
    /** The plugin's id or version cannot be used. */
    BAD_MANIFEST(true),
    /** The plugin declares no hook. */
    NO_HOOK(true),
    /** Another jar has the same plugin id and is preferred. */
    DUPLICATE_ID(true),
    /** The plugin wants another version of plugin-api. */
    REQUIRES_OTHER_API(true),
    /** A plugin that this one depends on is not there, or did not load. */
    MISSING_DEPENDENCY(true),
    /** Plugins depend on each other in a circle. */
    DEPENDENCY_CYCLE(true),
    /** The plugin's own Plugin-Class failed. */
    PLUGIN_CLASS_FAILED(true),
    /** Loading took too long. */
    LOAD_TIMEOUT(true),
    /** The plugin's own process did not get ready. */
    PROCESS_FAILED(true),
    /** A declared class is not in the jar. */
    CLASS_MISSING(true),
    /** A class was compiled for a newer Java. */
    JAVA_TOO_OLD(true),
    /** A class cannot be linked. */
    CLASS_BROKEN(true),
    /** A declared class is no hook. */
    NOT_A_HOOK(true),
    /** A hook's constructor or static initialiser failed. */
    HOOK_FAILED(true),
    /** A hook's name or limits cannot be used. */
    BAD_HOOK(true),
    /** A hook declares settings that cannot be used. */
    BAD_SETTINGS(true),
    /** Two hooks of the plugin have the same id. */
    DUPLICATE_HOOK(true),
    /** The plugin uses what this plugin-api does not have. */
    API_MISMATCH(true),
    /** What people have set for the plugin does not fit the version that was put in place. */
    SETTINGS_MISMATCH(true),
    /** The jar brings classes that come from the host. */
    BUNDLES_API(false),
    /** A hook is in no index. */
    HOOK_NOT_DECLARED(false),
    /** A class is referred to that is nowhere. */
    REFERENCE_MISSING(false),
    /** The plugin ends the process that it runs in. */
    CALLS_EXIT(false),
    /** The plugin uses what can crash the process that it runs in. */
    USES_UNSAFE(false);

    private final boolean isFatal;

    Code(boolean isFatal) {
      this.isFatal = isFatal;
    }

    /** Whether a plugin or hook is left out because of it. */
    public boolean isFatal() {
      return isFatal;
    }
  }
}
