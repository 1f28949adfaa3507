package io.longline.host.app;

import io.longline.host.concurrent.HostThread;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.HostLedger;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.settings.SecretMask;
import io.longline.host.work.WorkerPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the plugins that have changed in the plugins folder while the host runs. Confined to one
 * thread at a time.
 *
 * <p>A new version is loaded beside the old one. From then on the hooks of the old version get no
 * more calls; those of the new one wait until the last call of the old has ended and its EXIT hooks
 * have run, since a hook has one object at a time. All other hooks continue. A host that is killed
 * meanwhile leaves batches whose calls are made again, as at any other time.
 */
final class PluginUpdate {

  private static final Logger LOG = LoggerFactory.getLogger(PluginUpdate.class);

  private final HostSettings settings;
  private final HostLedger ledger;
  private final WindowStorage windows;
  private final WorkerPool workers;
  private final ExitHooks exits;
  private final SecretMask secrets;
  private final EventSink events;

  /** The problems that were reported for updates that could not be recorded. */
  private final Set<PluginProblem> reported = new HashSet<>();

  /** Creates the updates of a host. */
  PluginUpdate(
      HostSettings settings,
      HostLedger ledger,
      WindowStorage windows,
      WorkerPool workers,
      ExitHooks exits,
      SecretMask secrets,
      EventSink events) {
    this.settings = settings;
    this.ledger = ledger;
    this.windows = windows;
    this.workers = workers;
    this.exits = exits;
    this.secrets = secrets;
    this.events = events;
  }

  /**
   * Replaces the plugins that have changed since.
   *
   * @return the plugins that run now
   * @throws IOException if the folder cannot be read or the change cannot be recorded; nothing has
   *     changed in that case
   */
  RunningPlugins from(RunningPlugins before) throws IOException {
    var fresh = new NewPlugins(settings, windows);
    var catalog = before.catalog().next(fresh::configure);
    try {
      reportProblems(before.catalog(), catalog);
      var now = exchanged(before, catalog, fresh);
      reported.clear();
      return now;
    } catch (IOException | RuntimeException | Error e) {
      catalog.unloadAllBut(before.catalog());
      throw e;
    }
  }

  private RunningPlugins exchanged(
      RunningPlugins before, PluginCatalog catalog, NewPlugins configured) throws IOException {
    var gone = before.catalog().notIn(catalog);
    var fresh = catalog.notIn(before.catalog());
    if (gone.isEmpty() && fresh.isEmpty()) {
      // Unused jars may have left copies.
      before.catalog().unloadAllBut(catalog);
      return new RunningPlugins(catalog, before.configured(), before.attempts());
    }
    var now = combined(before, catalog, gone, configured.of(fresh));
    var held = new HeldHooks(now.hooks().stream().filter(hook -> isOf(hook, gone)).toList());
    workers.exchange(
        now.hooks(),
        held.ids(),
        () -> {
          now.register(ledger, "");
          ledger.setAttempts(now.attempts());
        });
    // The called hooks have changed; from here on the update cannot be undone.
    try {
      fresh.stream().filter(plugin -> !isOneOf(plugin, gone)).forEach(this::reportAdded);
      endAll(before, now, gone, held);
    } catch (RuntimeException | Error e) {
      LOG.error("Ending the replaced plugins failed; their successors are called.", e);
    } finally {
      workers.hold(Set.of());
    }
    workers.renewThreads();
    before.catalog().unloadAllBut(catalog);
    return now;
  }

  private RunningPlugins combined(
      RunningPlugins before,
      PluginCatalog catalog,
      List<InstalledPlugin> gone,
      NewPlugins.Configured fresh) {
    var hooks = new ArrayList<>(before.configured());
    hooks.removeIf(hook -> isOf(hook, gone));
    hooks.addAll(fresh.hooks());
    hooks.sort(Comparator.comparing(CalledHook::id));
    var attempts = new HashMap<>(before.attempts());
    attempts.putAll(fresh.attempts());
    secrets.add(fresh.secrets());
    return new RunningPlugins(catalog, hooks, attempts);
  }

  private static boolean isOf(CalledHook hook, List<InstalledPlugin> plugins) {
    return plugins.stream().anyMatch(plugin -> plugin.id().equals(hook.pluginId()));
  }

  private static boolean isOneOf(InstalledPlugin one, List<InstalledPlugin> plugins) {
    return plugins.stream().anyMatch(plugin -> plugin.id().equals(one.id()));
  }

  /**
   * Ends the plugins that were replaced or removed, each when its calls have ended, and has their
   * successors called.
   */
  private void endAll(
      RunningPlugins before, RunningPlugins now, List<InstalledPlugin> gone, HeldHooks held) {
    var ends =
        gone.stream()
            .map(
                plugin ->
                    CompletableFuture.runAsync(
                        () -> end(plugin, before, now, held),
                        task -> new HostThread(task, "end-" + plugin.id()).start()))
            .toList();
    ends.forEach(CompletableFuture::join);
  }

  private void end(
      InstalledPlugin plugin, RunningPlugins before, RunningPlugins now, HeldHooks held) {
    var ended =
        before.hooks().stream().filter(hook -> hook.pluginId().equals(plugin.id())).toList();
    workers.awaitEnd(ended);
    exits.call(ended);
    workers.awaitRecorded();
    held.release(plugin.id(), workers::hold);
    var next =
        now.catalog().plugins().stream()
            .filter(each -> each.id().equals(plugin.id()) && !each.hooks().isEmpty())
            .findFirst();
    events.accept(
        new HostEvent.PluginChanged(
            plugin.id(), plugin.version(), next.map(InstalledPlugin::version).orElse("")));
  }

  private void reportAdded(InstalledPlugin plugin) {
    if (!plugin.hooks().isEmpty()) {
      events.accept(new HostEvent.PluginChanged(plugin.id(), "", plugin.version()));
    }
  }

  private void reportProblems(PluginCatalog before, PluginCatalog now) {
    for (var problem : now.problemsNotIn(before)) {
      // If the rest cannot be recorded, it is retried until it can.
      if (reported.add(problem)) {
        events.accept(
            problem.code().isNotice() ? PassedOver.event(problem) : troubled(problem, now));
      }
    }
  }

  private static HostEvent troubled(PluginProblem problem, PluginCatalog now) {
    var running =
        now.plugins().stream()
            .filter(plugin -> plugin.problems().contains(problem) && !plugin.hooks().isEmpty())
            .map(plugin -> plugin.id() + " " + plugin.version())
            .findFirst();
    return new HostEvent.PluginTroubled(
        problem.file(),
        problem.code().name(),
        problem.sentence() + " " + problem.remedy(),
        running.orElse(""));
  }
}
