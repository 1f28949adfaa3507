package io.longline.host.plugins;

import io.longline.host.event.PrintableText;
import java.nio.file.Path;

/**
 * Something wrong with a plugin, for the person who can fix it. The texts are on one line, and
 * whatever a jar says of itself, they have no characters that could command a terminal. Immutable.
 *
 * @param code its kind, for scripts
 * @param file the jar
 * @param plugin the plugin's id, or the file's name where it has none
 * @param sentence what is wrong, in one sentence
 * @param remedy what to do, in one sentence
 */
public record PluginProblem(Code code, Path file, String plugin, String sentence, String remedy) {

  /** The longest text; names in a jar can be longer. */
  private static final int MAX_TEXT = 2_000;

  /** Makes the texts fit for people. */
  public PluginProblem {
    plugin = forPeople(plugin);
    sentence = forPeople(sentence);
    remedy = forPeople(remedy);
  }

  private static String forPeople(String text) {
    return PrintableText.line(
        text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "….");
  }

  /** The kinds of problems. Names are part of what users rely on. */
  public enum Code {
    /** The file cannot be read as a jar. */
    NOT_A_JAR,
    /** The jar holds more than is read of a jar. */
    JAR_TOO_LARGE,
    /** The jar was changed after it was signed. */
    SIGNATURE_BROKEN,
    /** Only jars in plugins.lock are loaded, and it is not there. */
    NOT_PINNED,
    /** Only jars in plugins.lock are loaded, and it has another hash there. */
    CHANGED_SINCE_INSTALL,
    /** Only signed jars are loaded, and it is not signed. */
    NOT_SIGNED,
    /** The signature beside it is not one of this jar. */
    BAD_SIGNATURE,
    /** It is signed with a key that nobody here trusts. */
    UNKNOWN_SIGNER,
    /** It is signed with a key that was revoked. */
    REVOKED_KEY,
    /** A line of an index is not the name of a class. */
    BAD_INDEX,
    /** The jar declares neither a plugin nor a hook. */
    NOT_A_PLUGIN,
    /** The plugin's id or version cannot be used. */
    BAD_MANIFEST,
    /** Neither the manifest nor the file's name has a version. */
    NO_VERSION,
    /** The plugin declares no hook. */
    NO_HOOK,
    /** Another jar has the same plugin id and the same version. */
    DUPLICATE_ID,
    /** Another jar has a newer version of the plugin. */
    PASSED_OVER(Weight.NOTICE),
    /** The plugin wants another version of plugin-api. */
    REQUIRES_OTHER_API,
    /** A plugin that this one depends on is missing or did not load. */
    MISSING_DEPENDENCY,
    /** Plugins depend on each other in a circle. */
    DEPENDENCY_CYCLE,
    /** The plugin's own Plugin-Class failed. */
    PLUGIN_CLASS_FAILED,
    /** Loading took too long. */
    LOAD_TIMEOUT,
    /** The plugin's own process did not become ready. */
    PROCESS_FAILED,
    /** A declared class is not in the jar. */
    CLASS_MISSING,
    /** A class was compiled for a newer Java. */
    JAVA_TOO_OLD,
    /** A class cannot be linked. */
    CLASS_BROKEN,
    /** A declared class is not a hook. */
    NOT_A_HOOK,
    /** A hook is named in the services file of an interface that it does not implement. */
    WRONG_SERVICES_FILE,
    /** A hook could not be created, or a method that says something of it failed. */
    HOOK_FAILED,
    /** What a hook says of itself cannot be used. */
    BAD_HOOK,
    /** A hook declares settings that cannot be used. */
    BAD_SETTINGS,
    /** Two hooks of the plugin have the same id. */
    DUPLICATE_HOOK,
    /** The plugin uses classes or members that this plugin-api does not have. */
    API_MISMATCH,
    /** The settings of the plugin do not fit its new version. */
    SETTINGS_MISMATCH,
    /** It has another hash in plugins.lock, and any jar is loaded. */
    DIFFERS_FROM_LOCK(Weight.NOTE),
    /** The jar contains classes that the host provides. */
    BUNDLES_API(Weight.NOTE),
    /** The manifest names other jars, which are not loaded. */
    CLASS_PATH_IGNORED(Weight.NOTE),
    /** A hook is not named in any index. */
    HOOK_NOT_DECLARED(Weight.NOTE),
    /** The jar refers to a class that neither it nor the host has. */
    REFERENCE_MISSING(Weight.NOTE),
    /** The plugin can end the process that it runs in. */
    CALLS_EXIT(Weight.NOTE),
    /** The plugin can crash the process that it runs in. */
    USES_UNSAFE(Weight.NOTE);

    private final Weight weight;

    Code() {
      this(Weight.FATAL);
    }

    Code(Weight weight) {
      this.weight = weight;
    }

    private enum Weight {
      FATAL,
      NOTE,
      NOTICE
    }

    /** Whether a plugin or hook is left out because of it. */
    public boolean isFatal() {
      return weight == Weight.FATAL;
    }

    /** Whether nothing is wrong: it only says why a jar is not loaded. */
    public boolean isNotice() {
      return weight == Weight.NOTICE;
    }
  }
}
