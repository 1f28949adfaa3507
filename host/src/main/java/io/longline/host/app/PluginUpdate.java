package io.longline.host.app;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.isolation.IsolatedPlugins;
import io.longline.host.ledger.HostLedger;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.settings.SecretMask;
import io.longline.host.settings.SettingReader;
import io.longline.host.work.WorkerPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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

  private final HostSettings settings;
  private final IsolatedPlugins isolated;
  private final HostLedger ledger;
  private final WorkerPool workers;
  private final SecretMask secrets;
  private final EventSink events;
  private final Consumer<List<InstalledHook>> exit;

  /**
   * Updates of a host.
   *
   * @param exit calls the EXIT hooks among these, and waits until they have ended
   */
  PluginUpdate(
      HostSettings settings,
      IsolatedPlugins isolated,
      HostLedger ledger,
      WorkerPool workers,
      SecretMask secrets,
      EventSink events,
      Consumer<List<InstalledHook>> exit) {
    this.settings = settings;
    this.isolated = isolated;
    this.ledger = ledger;
    this.workers = workers;
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
    var catalog = before.catalog().next(this::badSettings);
    var gone = before.catalog().notIn(catalog);
    var fresh = catalog.notIn(before.catalog());
    tellProblems(before.catalog(), catalog);
    if (gone.isEmpty() && fresh.isEmpty()) {
      return new RunningPlugins(catalog, before.hooks(), before.attempts());
    }
    try {
      return exchange(before, catalog, gone, fresh);
    } catch (IOException | RuntimeException e) {
      catalog.unloadAllBut(before.catalog());
      throw e;
    }
  }

  private RunningPlugins exchange(
      RunningPlugins before,
      PluginCatalog catalog,
      List<InstalledPlugin> gone,
      List<InstalledPlugin> fresh)
      throws IOException {
    var ended = hooksOf(before.hooks(), gone);
    var configured = configured(fresh);
    var hooks = new ArrayList<>(before.hooks());
    hooks.removeAll(ended);
    hooks.addAll(configured.hooks());
    hooks.sort(Comparator.comparing(InstalledHook::id));
    var attempts = new HashMap<>(before.attempts());
    attempts.putAll(configured.attempts());
    var now = new RunningPlugins(catalog, hooks, attempts);
    secrets.add(configured.secrets());
    secrets.add(isolated.secrets());

    var replaced = gone.stream().map(InstalledPlugin::id).collect(toSet());
    var held =
        configured.hooks().stream()
            .filter(hook -> replaced.contains(hook.pluginId()))
            .map(InstalledHook::id)
            .collect(toSet());
    workers.setHooks(
        hooks,
        held,
        () -> {
          ledger.setAttempts(attempts);
          HostStart.register(ledger, now, "");
        });
    workers.awaitEnd(ended);
    exit.accept(ended);
    workers.awaitRecorded();
    workers.setHooks(hooks, Set.of(), () -> {});
    workers.renewThreads();
    before.catalog().unloadAllBut(catalog);
    tell(gone, fresh);
    return now;
  }

  private static List<InstalledHook> hooksOf(
      Collection<InstalledHook> hooks, Collection<InstalledPlugin> plugins) {
    var ids = plugins.stream().map(InstalledPlugin::id).collect(toSet());
    return hooks.stream().filter(hook -> ids.contains(hook.pluginId())).toList();
  }

  /** The hooks of plugins that were just loaded as the user wants them. */
  private ConfiguredPlugins configured(List<InstalledPlugin> fresh) {
    var reader = new SettingReader(settings.sources());
    var without = new ArrayList<>(settings.without());
    without.addAll(ConfiguredPlugins.disabled(fresh, reader));
    var called =
        HookSelection.among(
            fresh.stream().flatMap(plugin -> plugin.hooks().stream()).toList(),
            settings.only(),
            without);
    return ConfiguredPlugins.some(called, fresh, settings.hookTimeout(), reader);
  }

  private List<String> badSettings(InstalledPlugin plugin) {
    var reader = new SettingReader(settings.sources());
    ConfiguredPlugins.some(plugin.hooks(), List.of(plugin), settings.hookTimeout(), reader);
    return reader.problems();
  }

  private void tellProblems(PluginCatalog before, PluginCatalog now) {
    var known = before.problems();
    var byPlugin = new LinkedHashMap<InstalledPlugin, List<PluginProblem>>();
    for (var plugin : now.plugins()) {
      byPlugin.put(
          plugin, plugin.problems().stream().filter(each -> !known.contains(each)).toList());
    }
    byPlugin.forEach(
        (plugin, problems) ->
            problems.forEach(
                problem ->
                    events.accept(
                        new HostEvent.PluginTroubled(
                            problem.file(),
                            problem.code().name(),
                            problem.sentence() + " " + problem.remedy(),
                            plugin.hooks().isEmpty()
                                ? ""
                                : plugin.id() + " " + plugin.version()))));
  }

  private void tell(List<InstalledPlugin> gone, List<InstalledPlugin> fresh) {
    var before = versions(gone);
    var now = versions(fresh);
    now.forEach(
        (id, version) ->
            events.accept(new HostEvent.PluginChanged(id, before.getOrDefault(id, ""), version)));
    before.forEach(
        (id, version) -> {
          if (!now.containsKey(id)) {
            events.accept(new HostEvent.PluginChanged(id, version, ""));
          }
        });
  }

  private static Map<String, String> versions(List<InstalledPlugin> plugins) {
    return plugins.stream()
        .collect(
            toMap(
                InstalledPlugin::id,
                InstalledPlugin::version,
                (one, other) -> one,
                LinkedHashMap::new));
  }
}
