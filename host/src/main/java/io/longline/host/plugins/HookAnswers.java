package io.longline.host.plugins;

import io.longline.api.ExitHook;
import io.longline.api.Hook;
import io.longline.api.Interest;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.Site;
import io.longline.api.WindowHook;
import io.longline.api.internal.HookName;
import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.settings.RecordSettings;
import io.longline.host.settings.SettingSpec;
import io.longline.host.window.WindowRules;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Asks a hook what it says of itself: each method once, and whatever is wrong with an answer is a
 * problem of this hook alone. Confined to the loader's thread.
 */
final class HookAnswers {

  private final PluginJar jar;
  private final HookProblems problems;
  private final String className;
  private final Hook hook;

  HookAnswers(PluginJar jar, String className, Hook hook) {
    this.jar = jar;
    this.problems = new HookProblems(jar);
    this.className = className;
    this.hook = hook;
  }

  /**
   * The settings that it declares.
   *
   * @throws PluginRejectedException if they cannot be used
   */
  RecordSettings settings() throws PluginRejectedException {
    var type = ask("settings()", hook::settings);
    if (type == null) {
      throw new PluginRejectedException(
          problems.returnedNull(
              Code.BAD_SETTINGS,
              className,
              "settings()",
              "Return the class of a record, such as MySettings.class, or leave settings() out of the hook."));
    }
    try {
      return RecordSettings.of(type);
    } catch (IllegalArgumentException e) {
      throw new PluginRejectedException(
          jar.problem(
              Code.BAD_SETTINGS,
              "The settings that " + className + " declares cannot be used: " + e.getMessage(),
              "Fix the record that settings() returns; see the Javadoc of @Setting."));
    }
  }

  /**
   * What it says of itself.
   *
   * @param settings its settings
   * @throws PluginRejectedException if an answer cannot be used
   */
  HookDescription description(RecordSettings settings) throws PluginRejectedException {
    return new HookDescription(
        jar.id() + "/" + name(),
        jar.id(),
        jar.version(),
        sites(),
        maxConcurrency(),
        interest(),
        settings.settings().stream().map(SettingSpec::key).toList(),
        windows());
  }

  private String name() throws PluginRejectedException {
    var name = ask("name()", hook::name);
    if (name == null || !HookName.isValid(name)) {
      throw new PluginRejectedException(
          problems.returned(
              Code.BAD_HOOK,
              className,
              "name()",
              name == null ? null : "\"" + name + "\"",
              "Return a name of letters, digits, '.', '_' and '-', or leave name() out of the hook: then its name is that of the class."));
    }
    return name;
  }

  private int maxConcurrency() throws PluginRejectedException {
    Integer most = ask("maxConcurrency()", hook::maxConcurrency);
    if (most == null || most < 1) {
      throw new PluginRejectedException(
          problems.returned(
              Code.BAD_HOOK,
              className,
              "maxConcurrency()",
              String.valueOf(most),
              "Return how many threads may call the hook at the same time, 1 or more."));
    }
    return most;
  }

  private Set<Site> sites() throws PluginRejectedException {
    if (hook instanceof LogHook && hook instanceof RecordHook) {
      throw new PluginRejectedException(
          jar.problem(
              Code.BAD_HOOK,
              className + " implements both LogHook and RecordHook, and would get all logs twice.",
              "Implement one of the two, or write two hooks."));
    }
    var sites = EnumSet.noneOf(Site.class);
    if (hook instanceof LogHook || hook instanceof RecordHook) {
      sites.add(Site.HOOK);
    }
    if (hook instanceof WindowHook) {
      if (sites.isEmpty()) {
        throw new PluginRejectedException(
            jar.problem(
                Code.BAD_HOOK,
                className
                    + " implements WindowHook, and no logs reach it that it could put facts of.",
                "Implement RecordHook or LogHook as well."));
      }
      sites.add(Site.WINDOW);
    }
    if (hook instanceof ExitHook) {
      sites.add(Site.EXIT);
    }
    if (sites.isEmpty()) {
      throw new PluginRejectedException(
          jar.problem(
              Code.BAD_HOOK,
              className + " implements Hook alone, so that there is no site to call it at.",
              "Implement RecordHook, LogHook or ExitHook instead of Hook."));
    }
    return sites;
  }

  private @Nullable Interest interest() throws PluginRejectedException {
    if (!(hook instanceof RecordHook recordHook)) {
      return null;
    }
    var interest = ask("interest()", recordHook::interest);
    if (interest == null) {
      throw new PluginRejectedException(
          problems.returnedNull(
              Code.BAD_HOOK,
              className,
              "interest()",
              "Return the logs and fields that the hook wants, such as Interest.in(\"conn\").fields(\"uid\", \"id.orig_h\")."));
    }
    return interest;
  }

  private @Nullable WindowRules windows() throws PluginRejectedException {
    if (!(hook instanceof WindowHook windowHook)) {
      return null;
    }
    var windows = ask("windows()", windowHook::windows);
    Integer version = ask("partVersion()", windowHook::partVersion);
    try {
      return new WindowRules(
          Objects.requireNonNull(windows, "there are none"),
          Objects.requireNonNull(version, "there is no version"));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new PluginRejectedException(
          problems.returned(
              Code.BAD_HOOK,
              className,
              "windows()",
              String.valueOf(windows),
              "Return windows that a hook can have, such as List.of(Windows.days(ZoneOffset.UTC)). "
                  + e.getMessage()));
    }
  }

  /** Asks a hook, whose author may have returned null in spite of everything. */
  private <T> @Nullable T ask(String method, Callable<T> question) throws PluginRejectedException {
    try {
      return question.call();
    } catch (LinkageError e) {
      throw e;
    } catch (Throwable e) {
      throw new PluginRejectedException(new LoadFailures(jar).inMethod(className, method, e));
    }
  }
}
