package io.longline.host.app;

import static java.util.stream.Collectors.toSet;

import io.longline.api.Site;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.work.WorkerPool;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls hooks at EXIT, except those of plugins that were disabled all along. Thread-safe. */
final class ExitHooks {

  private static final Logger LOG = LoggerFactory.getLogger(ExitHooks.class);

  private final HostLedger ledger;
  private final WorkerPool workers;

  /** The plugins that were disabled when they were loaded. */
  private final Set<String> disabledAtLoad = ConcurrentHashMap.newKeySet();

  ExitHooks(HostLedger ledger, WorkerPool workers) {
    this.ledger = ledger;
    this.workers = workers;
  }

  /** Records plugins that were just loaded. */
  void loaded(Collection<InstalledPlugin> plugins) {
    var ids = plugins.stream().map(InstalledPlugin::id).collect(toSet());
    var disabled = new HashSet<>(disabled());
    disabled.retainAll(ids);
    disabledAtLoad.removeAll(ids);
    disabledAtLoad.addAll(disabled);
  }

  /** Calls the EXIT hooks among these, and waits until they have ended. */
  void call(List<CalledHook> hooks) {
    // A plugin that was disabled later may have been called before.
    var disabled = new HashSet<>(disabledAtLoad);
    disabled.retainAll(disabled());
    for (var hook : hooks) {
      if (hook.isCalledAt(Site.EXIT) && !disabled.contains(hook.pluginId())) {
        workers.exit(hook);
      }
    }
  }

  private Set<String> disabled() {
    try {
      return ledger.disabledPlugins();
    } catch (LedgerException e) {
      LOG.warn("Cannot read which plugins are disabled; all EXIT hooks run. {}", e.getMessage());
      return Set.of();
    }
  }
}
