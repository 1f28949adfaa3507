package io.longline.host.plugins;

import io.longline.host.plugins.PluginProblem.Code;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Describes what a plugin's code threw while its hooks were created. Immutable.
 *
 * @param jar the jar
 */
record LoadFailures(PluginJar jar) {

  private static final Pattern CLASS_VERSION =
      Pattern.compile("class file version (\\d+)\\.\\d+.*up to (\\d+)\\.");

  /** What was thrown when a hook's class was loaded, or its object created. */
  PluginProblem problem(String className, Throwable e) {
    if (e instanceof PluginRejectedException rejected) {
      return rejected.problem();
    }
    if (e instanceof ClassNotFoundException) {
      return jar.problem(
          Code.CLASS_MISSING,
          "The plugin declares %d hook%s, but the class %s is not in the jar."
              .formatted(
                  jar.hookClasses().size(), jar.hookClasses().size() == 1 ? "" : "s", className),
          "Rebuild the jar, or take the class out of the services file.");
    }
    if (e instanceof UnsupportedClassVersionError) {
      return newerJava(className, Objects.requireNonNullElse(e.getMessage(), ""));
    }
    if (e instanceof ExceptionInInitializerError
        || e instanceof NoClassDefFoundError && isStatic(e)) {
      return jar.problem(
          Code.HOOK_FAILED,
          "The static initialiser of " + className + " failed: " + describe(cause(e)) + ".",
          "Fix the class; other hooks are not affected.");
    }
    if (e instanceof LinkageError) {
      return jar.problem(
          Code.CLASS_BROKEN,
          className + " cannot be linked: " + describe(e) + ".",
          "Was it built against another plugin-api, or is a library missing in the jar? Build it against this version, with its libraries shaded in.");
    }
    return jar.problem(
        Code.HOOK_FAILED,
        "The constructor of " + className + " failed: " + describe(e) + ".",
        "Fix the class; other hooks are not affected.");
  }

  /** What a method of a hook threw that is called when the plugin is loaded. */
  PluginProblem inMethod(String className, String method, Throwable e) {
    return jar.problem(
        Code.HOOK_FAILED,
        "%s of %s threw %s.".formatted(method, className, describe(e)),
        "Fix %s, which is called once when the plugin is loaded; other hooks are not affected."
            .formatted(method));
  }

  private static boolean isStatic(Throwable e) {
    return String.valueOf(e.getMessage()).startsWith("Could not initialize");
  }

  private static Throwable cause(Throwable e) {
    return Objects.requireNonNullElse(e.getCause(), e);
  }

  private PluginProblem newerJava(String className, String message) {
    var versions = CLASS_VERSION.matcher(message);
    boolean isKnown = versions.find();
    var needed =
        isKnown
            ? "Java " + SeenClass.javaVersion(Integer.parseInt(versions.group(1)))
            : "a newer Java";
    return new HookProblems(jar).javaTooOld(className, needed);
  }

  /** Describes a throwable of a plugin, whose own methods may throw as well. */
  static String describe(Throwable e) {
    try {
      var frames = e.getStackTrace();
      return e + (frames.length == 0 ? "" : ", at " + firstOf(frames));
    } catch (Throwable second) {
      return e.getClass().getName();
    }
  }

  /** The first frame outside the JDK and plugin-api, which is usually in the plugin. */
  private static StackTraceElement firstOf(StackTraceElement[] frames) {
    return Arrays.stream(frames)
        .filter(frame -> !frame.getClassName().startsWith("java."))
        .filter(frame -> !frame.getClassName().startsWith("io.longline.api."))
        .filter(frame -> !frame.getClassName().startsWith("io.longline.zeek."))
        .findFirst()
        .orElse(frames[0]);
  }
}
