package io.longline.host.plugins;

import io.longline.host.plugins.PluginJar.DeclaredClass;
import io.longline.host.plugins.PluginProblem.Code;

/**
 * The problems with the hooks of a jar that both verifying and loading find. Immutable.
 *
 * @param jar the jar
 */
record HookProblems(PluginJar jar) {

  /** The jar declares no hook. */
  PluginProblem noHook() {
    return jar.problem(
        Code.NO_HOOK,
        "The plugin declares no hook.",
        "Annotate the hook with @Extension and let pf4j's annotation processor run, or add a META-INF/services/io.longline.api.LogHook file.");
  }

  /** A declared class is not a hook. */
  PluginProblem notAHook(DeclaredClass declared) {
    return jar.problem(
        Code.NOT_A_HOOK,
        declared.name() + " is named in " + declared.where() + " but is not a hook.",
        "Implement LogHook, RecordHook or ExitHook in it, or take it out of the file.");
  }

  /**
   * A class needs a newer Java than the one that runs.
   *
   * @param needed the Java that it needs, such as "Java 21"
   */
  PluginProblem javaTooOld(String className, String needed) {
    int running = Runtime.version().feature();
    return jar.problem(
        Code.JAVA_TOO_OLD,
        className + " was compiled for " + needed + "; this is Java " + running + ".",
        "Run Longline with that Java, or compile the plugin with --release " + running + ".");
  }
}
