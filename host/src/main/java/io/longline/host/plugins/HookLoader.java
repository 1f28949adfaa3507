package io.longline.host.plugins;

import io.longline.api.Hook;
import io.longline.host.plugins.PluginProblem.Code;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;

/**
 * Creates the hook objects of one plugin. This is where a plugin's code runs first, so anything may
 * be thrown here; whatever it is, only this one hook is left out, with a problem that says why.
 * Confined to the loader's thread.
 */
final class HookLoader {

  private final PluginJar jar;
  private final ClassLoader loader;
  private final HookProblems shared;
  private final LoadFailures failures;
  private final List<InstalledHook> hooks = new ArrayList<>();
  private final List<PluginProblem> problems = new ArrayList<>();
  private @Nullable Plugin plugin;

  HookLoader(PluginJar jar, ClassLoader loader) {
    this.jar = jar;
    this.loader = loader;
    this.shared = new HookProblems(jar);
    this.failures = new LoadFailures(jar);
  }

  /**
   * The result of loading.
   *
   * @param plugin the plugin's own class, started; null if it has none
   */
  record Result(List<InstalledHook> hooks, List<PluginProblem> problems, @Nullable Plugin plugin) {}

  /** Starts the plugin's own class, if it has one, and creates its hooks. */
  Result load() {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      if (loader instanceof JarClassLoader own) {
        own.addDrivers();
      }
      startPlugin();
      for (var declared : jar.hookClasses()) {
        makeHook(declared);
      }
      refuseEqualIds();
      reportIfThereIsNoHook();
    } catch (PluginRejectedException e) {
      problems.add(e.problem());
    } finally {
      thread.setContextClassLoader(before);
    }
    return new Result(List.copyOf(hooks), List.copyOf(problems), plugin);
  }

  private void startPlugin() throws PluginRejectedException {
    if (!jar.descriptor().hasPluginClass()) {
      return;
    }
    var name = jar.descriptor().getPluginClass();
    try {
      var object = newObject(Class.forName(name, true, loader));
      if (!(object instanceof Plugin made)) {
        throw new ClassCastException(name + " does not extend org.pf4j.Plugin");
      }
      made.start();
      plugin = made;
    } catch (Throwable e) {
      throw new PluginRejectedException(
          jar.problem(
              Code.PLUGIN_CLASS_FAILED,
              "The Plugin-Class "
                  + name
                  + " could not be started: "
                  + LoadFailures.describe(e)
                  + ".",
              "Fix the class, or leave Plugin-Class out: hooks do not need it."));
    }
  }

  private void makeHook(PluginJar.DeclaredClass declared) {
    try {
      var type = Class.forName(declared.name(), true, loader);
      if (Hook.class.isAssignableFrom(type)) {
        checkServicesFiles(declared, type);
        add((Hook) newHook(type));
      } else if (declared.mustBeHook()) {
        problems.add(shared.notAHook(declared));
      }
    } catch (Throwable e) {
      problems.add(failures.problem(declared.name(), e));
    }
  }

  private void checkServicesFiles(PluginJar.DeclaredClass declared, Class<?> type)
      throws PluginRejectedException {
    for (var file : declared.services()) {
      if (!HookInterfaces.ofFile(file).isAssignableFrom(type)) {
        var right =
            HookInterfaces.ALL.stream().filter(each -> each.isAssignableFrom(type)).findFirst();
        throw new PluginRejectedException(
            shared.wrongServicesFile(declared.name(), file, right.orElse(Hook.class)));
      }
    }
  }

  private Object newHook(Class<?> type) throws Throwable {
    try {
      return newObject(type);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      var obstacle = Obstacle.of(type);
      throw obstacle == null
          ? e
          : new PluginRejectedException(shared.cannotBeCreated(type.getName(), obstacle));
    }
  }

  private static Object newObject(Class<?> type) throws Throwable {
    try {
      return type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNullElse(e.getCause(), e);
    }
  }

  private void add(Hook object) throws PluginRejectedException {
    var answers = new HookAnswers(jar, object.getClass().getName(), object);
    var settings = answers.settings();
    hooks.add(InstalledHook.inHost(answers.description(settings), object, loader, settings));
  }

  private void refuseEqualIds() {
    for (var hook : List.copyOf(hooks)) {
      var same = hooks.stream().filter(other -> other.id().equalsIgnoreCase(hook.id())).toList();
      if (same.size() > 1) {
        hooks.removeAll(same);
        problems.add(
            jar.problem(
                Code.DUPLICATE_HOOK,
                "The hooks "
                    + String.join(" and ", same.stream().map(HookLoader::className).toList())
                    + " have the same id "
                    + hook.id()
                    + ".",
                "Let name() return a different name in one of them."));
      }
    }
  }

  private static String className(InstalledHook hook) {
    return hook.place() instanceof HookPlace.InHost inHost
        ? inHost.object().get().getClass().getName()
        : hook.id();
  }

  private void reportIfThereIsNoHook() {
    boolean isExplained =
        !problems.isEmpty()
            || jar.problems().stream().anyMatch(problem -> problem.code().isFatal());
    if (hooks.isEmpty() && !isExplained) {
      problems.add(shared.noHook(JarClasses.hooksIn(jar.content())));
    }
  }
}
