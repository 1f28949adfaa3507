package io.longline.host.app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.longline.api.Interest;
import io.longline.api.Site;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.PluginCatalog;
import io.longline.zeek.LogFile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that a host has at present, and those of their hooks that it calls. Immutable.
 *
 * @param catalog all plugins of the folder
 * @param configured the hooks that are to be called, by id; some may be idle
 * @param attempts the number of failures after which a call is a dead letter, for plugins with a
 *     setting for it
 */
record RunningPlugins(
    PluginCatalog catalog, List<CalledHook> configured, Map<String, Integer> attempts) {

  RunningPlugins {
    configured = List.copyOf(configured);
    attempts = Map.copyOf(attempts);
  }

  /** The hooks that are called, by id. */
  List<CalledHook> hooks() {
    return configured.stream().filter(hook -> hook.whyIdle() == null).toList();
  }

  /** Why hooks have nothing to do and are not called, by id. */
  SortedMap<String, String> idle() {
    var idle = new TreeMap<String, String>();
    for (var hook : configured) {
      if (hook.whyIdle() != null) {
        idle.put(hook.id(), hook.whyIdle());
      }
    }
    return idle;
  }

  /** The idle hooks, each with the reason, in a line. */
  String idleText() {
    return idle().entrySet().stream()
        .map(hook -> hook.getKey() + ": " + hook.getValue())
        .collect(joining(" "));
  }

  /** Whether any hook is called with batches. */
  boolean hasOwedHook() {
    return hooks().stream().anyMatch(hook -> hook.isCalledAt(Site.HOOK));
  }

  /** Whether any hook has windows. */
  boolean hasWindows() {
    return hooks().stream().anyMatch(hook -> hook.windows() != null);
  }

  /** Whether a hook may read a log: a log hook reads what it likes. */
  boolean mayRead(LogFile log) {
    return hooks().stream()
        .filter(hook -> hook.isCalledAt(Site.HOOK))
        .anyMatch(hook -> mayRead(hook.interest(), log));
  }

  private static boolean mayRead(@Nullable Interest interest, LogFile log) {
    return interest == null
        || interest.logs().stream().anyMatch(wanted -> log.mayHold(wanted.path()));
  }

  /**
   * Registers them in the ledger. To it an idle hook is not there: nothing is owed to it.
   *
   * @param before the id of the last host with the same output folder; empty if no host had it
   */
  void register(HostLedger ledger, String before) throws LedgerException {
    var idle = idle();
    var found =
        catalog.hooks().stream()
            .filter(hook -> hook.sites().contains(Site.HOOK) && !idle.containsKey(hook.id()))
            .map(RunningPlugins::installed)
            .toList();
    var called =
        hooks().stream()
            .filter(hook -> hook.isCalledAt(Site.HOOK))
            .map(CalledHook::id)
            .collect(toSet());
    ledger.register(found, called, before);
  }

  private static HostLedger.Installed installed(InstalledHook hook) {
    return new HostLedger.Installed(
        hook.id(), hook.pluginId(), hook.pluginVersion(), hook.windows());
  }
}
