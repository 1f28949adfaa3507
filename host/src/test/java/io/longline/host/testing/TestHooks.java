package io.longline.host.testing;

import io.longline.api.ExitHook;
import io.longline.api.Hook;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.Site;
import io.longline.api.WindowHook;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.HookOptions;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.settings.RecordSettings;
import io.longline.host.window.WindowRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Hooks of a plugin {@code p} that was never a jar. */
public final class TestHooks {

  private TestHooks() {}

  /** An installed hook with default options. */
  public static CalledHook called(InstalledHook hook) {
    return new CalledHook(hook, HookOptions.DEFAULT);
  }

  /** A hook that is called at the sites that its object implements. */
  public static CalledHook called(String id, int maxConcurrency, Hook object) {
    return called(id, maxConcurrency, object, ClassLoader.getSystemClassLoader());
  }

  /** A hook with a class loader of its own. */
  public static CalledHook called(String id, int maxConcurrency, Hook object, ClassLoader loader) {
    var sites = EnumSet.noneOf(Site.class);
    if (object instanceof LogHook || object instanceof RecordHook) {
      sites.add(Site.HOOK);
    }
    if (object instanceof ExitHook) {
      sites.add(Site.EXIT);
    }
    if (object instanceof WindowHook) {
      sites.add(Site.WINDOW);
    }
    return called(id, maxConcurrency, object, sites, loader);
  }

  /** A hook with these sites, whatever its object implements. */
  public static CalledHook called(
      String id, int maxConcurrency, Hook object, Set<Site> sites, ClassLoader loader) {
    var interest = object instanceof RecordHook hook ? hook.interest() : null;
    var windows =
        object instanceof WindowHook hook
            ? new WindowRules(hook.windows(), hook.partVersion())
            : null;
    var description =
        new HookDescription(id, "p", "1.0", sites, maxConcurrency, interest, List.of(), windows);
    return new CalledHook(
        InstalledHook.inHost(description, object, loader, RecordSettings.none()),
        HookOptions.DEFAULT);
  }

  /** A hook at HOOK in a process of its plugin. */
  public static CalledHook inProcess(String id, int maxConcurrency, long process) {
    var description =
        new HookDescription(id, "p", "1.0", Set.of(Site.HOOK), maxConcurrency, null, List.of());
    return new CalledHook(InstalledHook.inProcess(description, process), HookOptions.DEFAULT);
  }
}
