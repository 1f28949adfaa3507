package io.longline.host.app;

import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.HostLedger;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.settings.SecretMask;
import io.longline.host.settings.SettingReader;
import io.longline.host.work.WorkerPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what has changed in the plugins folder while the host runs. Confined to one thread at
 * a time.
 *
 * <p>What is new is loaded beside the old. From then on the hooks of the old get no more calls;
 * those of the new wait until the last call of the old has ended and its EXIT hooks have run, since
 * a hook has one object at a time. All other hooks go on. A host that is killed meanwhile leaves
 * what a killed host leaves: batches whose calls are made again.
 */
final class PluginUpdate {

  private static final Logger LOG = LoggerFactory.getLogger(PluginUpdate.class);

  private final HostSettings settings;
  private final HostLedger ledger;
  private final WorkerPool workers;
  private final Runnable awaitRecorded;
  private final SecretMask secrets;
  private final EventSink events;
  private final Consumer<List<CalledHook>> exit;

  /** The plugins that were loaded for the update that is under way, by id. */
  private final Map<String, PluginConfiguration> configured = new HashMap<>();

  /** What was told of updates that could not be recorded. */
  private final Set<PluginProblem> told = new HashSet<>();

  /**
   * Updates of a host.
   *
   * @param awaitRecorded waits until what has ended so far is recorded and written
   * @param exit calls the EXIT hooks among these, and waits until they have ended
   */
  PluginUpdate(
      HostSettings settings,
      HostLedger ledger,
      WorkerPool workers,
      Runnable awaitRecorded,
      SecretMask secrets,
      EventSink events,
      Consumer<List<CalledHook>> exit) {
    this.settings = settings;
    this.ledger = ledger;
    this.workers = workers;
    this.awaitRecorded = awaitRecorded;
    this.secrets = secrets;
    this.events = events;
    this.exit = exit;
  }

  /**
   * Takes over what has changed since.
   *
   * @return what runs now
   * @throws IOException if the folder cannot be read or the change not be recorded; everything is
   *     as it was then
   */
  RunningPlugins from(RunningPlugins before) throws IOException {
    configured.clear();
    var catalog = before.catalog().next(this::badSettings);
    try {
      tellProblems(before.catalog(), catalog);
      var now = exchanged(before, catalog);
      told.clear();
      return now;
    } catch (IOException | RuntimeException | Error e) {
      catalog.unloadAllBut(before.catalog());
      throw e;
    }
  }

  private RunningPlugins exchanged(RunningPlugins before, PluginCatalog catalog)
      throws IOException {
    var gone = before.catalog().notIn(catalog);
    var fresh = catalog.notIn(before.catalog());
    if (gone.isEmpty() && fresh.isEmpty()) {
      // Jars that are not used have left copies, perhaps.
      before.catalog().unloadAllBut(catalog);
      return new RunningPlugins(catalog, before.hooks(), before.attempts());
    }
    var hooks = new ArrayList<>(before.hooks());
    hooks.removeIf(hook -> isOf(hook, gone));
    var attempts = new HashMap<>(before.attempts());
    for (var plugin : fresh) {
      var made = configured.get(plugin.id());
      if (made != null) {
        hooks.addAll(made.hooks());
        attempts.putAll(made.attempts());
        secrets.add(made.secrets());
      }
    }
    hooks.sort(Comparator.comparing(CalledHook::id));
    var now = new RunningPlugins(catalog, hooks, attempts);

    var held = new HashSet<String>();
    hooks.stream().filter(hook -> isOf(hook, gone)).map(CalledHook::id).forEach(held::add);
    workers.exchange(
        hooks,
        Set.copyOf(held),
        () -> {
          HostStart.register(ledger, now, "");
          ledger.setAttempts(attempts);
        });
    // What is called has changed; from here on there is no way back.
    try {
      fresh.stream().filter(plugin -> !isOneOf(plugin, gone)).forEach(this::tellAdded);
      endAll(before, now, gone, held);
    } catch (RuntimeException | Error e) {
      LOG.error("Ending plugins that were replaced failed; those after them go on.", e);
    } finally {
      workers.hold(Set.of());
    }
    workers.renewThreads();
    before.catalog().unloadAllBut(catalog);
    return now;
  }

  private static boolean isOf(CalledHook hook, List<InstalledPlugin> plugins) {
    return plugins.stream().anyMatch(plugin -> plugin.id().equals(hook.pluginId()));
  }

  private static boolean isOneOf(InstalledPlugin one, List<InstalledPlugin> plugins) {
    return plugins.stream().anyMatch(plugin -> plugin.id().equals(one.id()));
  }

  /** Ends the plugins that are gone, each in its own time, and has those after them go on. */
  private void endAll(
      RunningPlugins before, RunningPlugins now, List<InstalledPlugin> gone, Set<String> held) {
    var ends =
        gone.stream()
            .map(
                plugin ->
                    CompletableFuture.runAsync(
                        () -> end(plugin, before, now, held),
                        task -> new Thread(null, task, "end-" + plugin.id(), 0, false).start()))
            .toList();
    ends.forEach(CompletableFuture::join);
  }

  private void end(
      InstalledPlugin plugin, RunningPlugins before, RunningPlugins now, Set<String> held) {
    var ended =
        before.hooks().stream().filter(hook -> hook.pluginId().equals(plugin.id())).toList();
    workers.awaitEnd(ended);
    exit.accept(ended);
    awaitRecorded.run();
    synchronized (held) {
      held.removeIf(id -> id.startsWith(plugin.id() + "/"));
      workers.hold(Set.copyOf(held));
    }
    var next =
        now.catalog().plugins().stream()
            .filter(each -> each.id().equals(plugin.id()) && !each.hooks().isEmpty())
            .findFirst();
    events.accept(
        new HostEvent.PluginChanged(
            plugin.id(), plugin.version(), next.map(InstalledPlugin::version).orElse("")));
  }

  private void tellAdded(InstalledPlugin plugin) {
    if (!plugin.hooks().isEmpty()) {
      events.accept(new HostEvent.PluginChanged(plugin.id(), "", plugin.version()));
    }
  }

  /** Configures a plugin that was just loaded, for later; what is wrong is told. */
  private List<String> badSettings(InstalledPlugin plugin) {
    var reader = new SettingReader(settings.plugins().sources());
    configured.put(plugin.id(), configure(plugin, reader));
    return reader.problems();
  }

  private PluginConfiguration configure(InstalledPlugin plugin, SettingReader reader) {
    var disabled = PluginConfiguration.disabled(List.of(plugin), reader);
    var called = settings.plugins().selection().alsoWithout(disabled).among(plugin.hooks());
    return PluginConfiguration.ofSome(
        called, List.of(plugin), settings.calling().timeout(), reader);
  }

  private void tellProblems(PluginCatalog before, PluginCatalog now) {
    for (var problem : now.problemsNotIn(before)) {
      // If the rest cannot be recorded it is tried again and again.
      if (told.add(problem)) {
        var running =
            now.plugins().stream()
                .filter(plugin -> plugin.problems().contains(problem) && !plugin.hooks().isEmpty())
                .map(plugin -> plugin.id() + " " + plugin.version())
                .findFirst();
        events.accept(
            new HostEvent.PluginTroubled(
                problem.file(),
                problem.code().name(),
                problem.sentence() + " " + problem.remedy(),
                running.orElse("")));
      }
    }
  }
}
