package io.longline.host.plugins;

import io.longline.api.Hook;
import io.longline.host.plugins.PluginJar.DeclaredClass;
import io.longline.host.plugins.PluginProblem.Code;
import org.jspecify.annotations.Nullable;

/**
 * The problems with the hooks of a jar that both verifying and loading find. Immutable.
 *
 * @param jar the jar
 */
record HookProblems(PluginJar jar) {

  /**
   * The jar declares no hook.
   *
   * @param classes the hooks that it has
   */
  PluginProblem noHook(HookClasses classes) {
    return jar.problem(
        Code.NO_HOOK,
        classes.isEmpty()
            ? "The plugin declares no hook, and no class of it is one."
            : "The plugin declares no hook, though it has " + classes.named() + ".",
        classes.remedy());
  }

  /** A declared class is not a hook. */
  PluginProblem notAHook(DeclaredClass declared) {
    var type = HookInterfaces.ofFile(declared.services().get(0)).getSimpleName();
    return jar.problem(
        Code.NOT_A_HOOK,
        declared.name() + " is named in " + declared.where() + " but is not a hook.",
        "Let it implement %s, or remove the line %s from %s."
            .formatted(type, declared.name(), declared.where()));
  }

  /**
   * A hook is named in the services file of an interface that it does not implement.
   *
   * @param file the file
   * @param right an interface that it implements
   */
  PluginProblem wrongServicesFile(String className, String file, Class<? extends Hook> right) {
    return jar.problem(
        Code.WRONG_SERVICES_FILE,
        "%s is named in %s, but it is a %s and not a %s."
            .formatted(
                className,
                file,
                right.getSimpleName(),
                HookInterfaces.ofFile(file).getSimpleName()),
        "Move the line %s to %s.".formatted(className, HookInterfaces.servicesFile(right)));
  }

  /** An object of a hook's class cannot be created. */
  PluginProblem cannotBeCreated(String className, Obstacle obstacle) {
    return jar.problem(
        Code.HOOK_FAILED,
        className + " cannot be created: " + obstacle.reason() + ".",
        obstacle.remedy(className));
  }

  /** A method of a hook, which is called when the plugin is loaded, returned null. */
  PluginProblem returnedNull(Code code, String className, String method, String remedy) {
    return returned(code, className, method, null, remedy);
  }

  /** A method of a hook, which is called when the plugin is loaded, returned something unusable. */
  PluginProblem returned(
      Code code, String className, String method, @Nullable String value, String remedy) {
    return jar.problem(code, "%s of %s returned %s.".formatted(method, className, value), remedy);
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
