package io.longline.host.plugins;

import io.longline.api.ExitHook;
import io.longline.api.Hook;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.Site;
import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.settings.RecordSettings;
import io.longline.host.settings.SettingSpec;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;

/**
 * Creates the hook objects of one plugin. This is where a plugin's code runs first, so anything may
 * be thrown here; whatever it is, only this one hook is left out, with a problem that says why.
 * Confined to the loader's thread.
 */
final class HookLoader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Pattern CLASS_VERSION =
      Pattern.compile("class file version (\\d+)\\.\\d+.*up to (\\d+)\\.");

  private final PluginJar jar;
  private final ClassLoader loader;
  private final HookProblems shared;
  private final List<InstalledHook> hooks = new ArrayList<>();
  private final List<PluginProblem> problems = new ArrayList<>();
  private @Nullable Plugin plugin;

  HookLoader(PluginJar jar, ClassLoader loader) {
    this.jar = jar;
    this.loader = loader;
    this.shared = new HookProblems(jar);
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
              "The Plugin-Class " + name + " could not be started: " + describe(e) + ".",
              "Fix the class, or leave Plugin-Class out: hooks do not need it."));
    }
  }

  private void makeHook(PluginJar.DeclaredClass declared) {
    try {
      var type = Class.forName(declared.name(), true, loader);
      if (Hook.class.isAssignableFrom(type)) {
        add(declared, (Hook) newObject(type));
      } else if (declared.mustBeHook()) {
        problems.add(shared.notAHook(declared));
      }
    } catch (Throwable e) {
      problems.add(problem(declared.name(), e));
    }
  }

  private static Object newObject(Class<?> type) throws Throwable {
    try {
      return type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNullElse(e.getCause(), e);
    }
  }

  private void add(PluginJar.DeclaredClass declared, Hook object) {
    var name = object.name();
    int maxConcurrency = object.maxConcurrency();
    var sites = sites(object);
    boolean takesLogsTwice = object instanceof LogHook && object instanceof RecordHook;
    if (!isName(name) || maxConcurrency < 1 || sites.isEmpty() || takesLogsTwice) {
      problems.add(
          jar.problem(
              Code.BAD_HOOK,
              "%s has the name \"%s\", the concurrency %d and the sites %s."
                  .formatted(declared.name(), name, maxConcurrency, sites),
              "A name consists of letters, digits, '.', '_' and '-', a concurrency is 1 or more, and a hook implements LogHook or RecordHook but not both, or ExitHook."));
      return;
    }
    var settings = settings(declared.name(), object);
    if (settings != null) {
      var description =
          new HookDescription(
              jar.id() + "/" + name,
              jar.id(),
              jar.version(),
              sites,
              maxConcurrency,
              object instanceof RecordHook hook
                  ? Objects.requireNonNull(hook.interest(), "interest() returns null")
                  : null,
              settings.settings().stream().map(SettingSpec::key).toList());
      hooks.add(InstalledHook.inHost(description, object, loader, settings));
    }
  }

  private static boolean isName(@Nullable String name) {
    return name != null && NAME.matcher(name).matches();
  }

  private static Set<Site> sites(Hook object) {
    var sites = EnumSet.noneOf(Site.class);
    if (object instanceof LogHook || object instanceof RecordHook) {
      sites.add(Site.HOOK);
    }
    if (object instanceof ExitHook) {
      sites.add(Site.EXIT);
    }
    return sites;
  }

  private @Nullable RecordSettings settings(String className, Hook object) {
    try {
      return RecordSettings.of(object.settings());
    } catch (IllegalArgumentException e) {
      problems.add(
          jar.problem(
              Code.BAD_SETTINGS,
              "The settings that " + className + " declares cannot be used: " + e.getMessage(),
              "Fix the record that settings() returns; see the Javadoc of @Setting."));
      return null;
    }
  }

  private void refuseEqualIds() {
    for (var hook : List.copyOf(hooks)) {
      var same = hooks.stream().filter(other -> other.id().equals(hook.id())).toList();
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
    if (jar.hookClasses().isEmpty() || (hooks.isEmpty() && problems.isEmpty())) {
      problems.add(shared.noHook());
    }
  }

  private PluginProblem problem(String className, Throwable e) {
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
    if (e instanceof NoSuchMethodException || e instanceof InstantiationException) {
      return jar.problem(
          Code.HOOK_FAILED,
          className
              + " cannot be created: it is abstract or has no public constructor without parameters.",
          "Make the class public and give it such a constructor.");
    }
    if (e instanceof IllegalAccessException) {
      return jar.problem(
          Code.HOOK_FAILED,
          className + " cannot be created: it is not public.",
          "Make the class and its constructor public.");
    }
    return jar.problem(
        Code.HOOK_FAILED,
        "The constructor of " + className + " failed: " + describe(e) + ".",
        "Fix the class; other hooks are not affected.");
  }

  private static boolean isStatic(Throwable e) {
    return String.valueOf(e.getMessage()).startsWith("Could not initialize");
  }

  private static Throwable cause(Throwable e) {
    return Objects.requireNonNullElse(e.getCause(), e);
  }

  private PluginProblem newerJava(String className, String message) {
    Matcher versions = CLASS_VERSION.matcher(message);
    boolean isKnown = versions.find();
    var needed =
        isKnown
            ? "Java " + SeenClass.javaVersion(Integer.parseInt(versions.group(1)))
            : "a newer Java";
    return shared.javaTooOld(className, needed);
  }

  /** Describes a throwable of a plugin, whose own methods may throw as well. */
  private static String describe(Throwable e) {
    try {
      var frames = e.getStackTrace();
      return e + (frames.length == 0 ? "" : ", at " + firstOf(frames));
    } catch (Throwable second) {
      return e.getClass().getName();
    }
  }

  /** The first frame outside the JDK, which is usually in the plugin. */
  private static StackTraceElement firstOf(StackTraceElement[] frames) {
    return Arrays.stream(frames)
        .filter(frame -> !frame.getClassName().startsWith("java."))
        .findFirst()
        .orElse(frames[0]);
  }
}
