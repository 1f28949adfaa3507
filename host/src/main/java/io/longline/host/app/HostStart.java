package io.longline.host.app;

import static java.util.stream.Collectors.toSet;

import io.longline.api.Site;
import io.longline.host.configuration.HookSelectionException;
import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.event.EventJson;
import io.longline.host.isolation.Processes;
import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.output.OutputFolder;
import io.longline.host.output.OutputRefusedException;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PrivateFolder;
import io.longline.host.settings.NearestName;
import io.longline.host.settings.SecretMask;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a host is put together: plugins, settings, output folder, ledger; or refused. */
final class HostStart {

  private static final Logger LOG = LoggerFactory.getLogger(HostStart.class);

  private HostStart() {}

  static HookHost start(HostSettings settings) throws HostRefusedException {
    var folder = openFolder();
    var secrets = new SecretMask(List.of());
    var processes = PluginLaunches.processes(settings, folder, secrets);
    PluginCatalog catalog;
    try {
      catalog = loadPlugins(settings.folders().plugins(), folder, processes);
    } catch (HostRefusedException | RuntimeException e) {
      processes.close();
      folder.close();
      throw e;
    }
    try {
      return start(settings, catalog, folder, processes, secrets);
    } catch (HostRefusedException | RuntimeException e) {
      catalog.close();
      processes.close();
      folder.close();
      throw e;
    }
  }

  private static PrivateFolder openFolder() throws HostRefusedException {
    try {
      return PrivateFolder.open();
    } catch (IOException e) {
      throw new HostRefusedException(
          HostRefusedException.Reason.REFUSED,
          "The folder for copies of plugins cannot be made: "
              + e
              + ". Name another with LONGLINE_JAVA_OPTS=-Djava.io.tmpdir=DIR.",
          e);
    }
  }

  private static HookHost start(
      HostSettings settings,
      PluginCatalog catalog,
      PrivateFolder folder,
      Processes isolated,
      SecretMask secrets)
      throws HostRefusedException {
    try {
      var problems = catalog.problems();
      if (settings.plugins().strict() && !problems.isEmpty()) {
        throw new HostRefusedException(
            HostRefusedException.Reason.REFUSED,
            "With --strict a plugin problem keeps the host from starting; there "
                + (problems.size() == 1 ? "is 1" : "are " + problems.size())
                + ": see \"longline plugins\". First: "
                + problems.get(0).file().getFileName()
                + ": "
                + problems.get(0).sentence()
                + " "
                + problems.get(0).remedy());
      }
      var extracted = settings.folders().extracted();
      if (extracted != null && !Files.isDirectory(extracted)) {
        throw new HostRefusedException(
            HostRefusedException.Reason.REFUSED,
            "There is no folder "
                + extracted
                + " of extracted files. Name it with --extracted, or leave that out.");
      }
      if (catalog.hooks().isEmpty()) {
        throw new HostRefusedException(HostRefusedException.Reason.NO_HOOK, noHook(catalog));
      }
      var reader = new SettingReader(settings.plugins().sources());
      checkIsolated(settings, catalog, reader);
      var selection =
          settings
              .plugins()
              .selection()
              .alsoWithout(PluginConfiguration.disabled(catalog.plugins(), reader));
      selection.check(catalog.hooks());
      var hooks = selection.among(catalog.hooks());
      var plugins = PluginConfiguration.of(hooks, catalog, settings.calling().timeout(), reader);
      catalog.plugins().forEach(plugin -> plugin.badSettings().forEach(reader::problem));
      reader.check();
      plugins.notes().forEach(LOG::warn);
      secrets.add(plugins.secrets());
      return open(settings, catalog, folder, isolated, secrets, plugins);
    } catch (SettingsException e) {
      throw new HostRefusedException(
          HostRefusedException.Reason.USAGE, String.join("\n", e.problems()), e);
    } catch (HookSelectionException e) {
      throw new HostRefusedException(reason(e), String.valueOf(e.getMessage()), e);
    } catch (OutputRefusedException e) {
      throw new HostRefusedException(
          HostRefusedException.Reason.REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  private static HostRefusedException.Reason reason(HookSelectionException e) {
    return switch (e.reason()) {
      case UNKNOWN_ID -> HostRefusedException.Reason.USAGE;
      case NONE_LEFT -> HostRefusedException.Reason.NO_HOOK;
    };
  }

  private static void checkIsolated(
      HostSettings settings, PluginCatalog catalog, SettingReader reader) {
    var ids = catalog.plugins().stream().map(InstalledPlugin::id).toList();
    for (var id : settings.calling().isolated()) {
      if (!ids.contains(id) && !id.equals(HostSettings.Calling.ALL)) {
        reader.problem(
            "isolate: there is no plugin %s.%s".formatted(id, NearestName.question(id, ids)));
      }
    }
  }

  private static HookHost open(
      HostSettings settings,
      PluginCatalog catalog,
      PrivateFolder folder,
      Processes isolated,
      SecretMask secrets,
      PluginConfiguration plugins)
      throws HostRefusedException, OutputRefusedException {
    var outputs =
        OutputFolder.open(settings.folders().output(), settings.queue().ledger().isInMemory());
    Ledger ledger = null;
    try {
      ledger = SqlLedger.open(settings.queue().ledger(), LedgerClock.of(settings.clock()));
      var identity =
          HostIdentity.ofThisProcess(UUID.randomUUID().toString(), outputs.path().toString());
      outputs.belongTo(ledger.id(), identity.id());
      var hostLedger =
          ledger.host(
              identity,
              settings.queue().lease(),
              settings.retrying().policy(),
              settings.retrying().pausing(),
              EventJson::warning);
      hostLedger.setAttempts(plugins.attempts());
      var running = new RunningPlugins(catalog, plugins.hooks(), plugins.attempts());
      register(hostLedger, running, outputs.lastHost());
      if (ledger.location().isOfThisMachine()) {
        hostLedger.takeFromDeadProcesses();
      }
      return new HookHost(
          settings, running, folder, isolated, outputs, ledger, hostLedger, secrets);
    } catch (IOException e) {
      release(ledger, outputs);
      throw new HostRefusedException(
          HostRefusedException.Reason.REFUSED, String.valueOf(e.getMessage()), e);
    } catch (OutputRefusedException | RuntimeException e) {
      release(ledger, outputs);
      throw e;
    }
  }

  private static void release(@Nullable Ledger ledger, OutputFolder outputs) {
    try (outputs) {
      if (ledger != null) {
        ledger.close();
      }
    } catch (IOException e) {
      LOG.warn("The lock of {} could not be given up.", outputs.path(), e);
    }
  }

  /**
   * Registers a host's hooks in the ledger.
   *
   * @param before the id that the last host with the same output folder had; empty if there was
   *     none
   */
  static void register(HostLedger ledger, RunningPlugins plugins, String before)
      throws LedgerException {
    ledger.register(
        plugins.catalog().hooks().stream()
            .filter(hook -> hook.sites().contains(Site.HOOK))
            .map(HostStart::installed)
            .toList(),
        plugins.hooks().stream().filter(HookHost::isOwed).map(CalledHook::id).collect(toSet()),
        before);
  }

  private static HostLedger.Installed installed(InstalledHook hook) {
    return new HostLedger.Installed(hook.id(), hook.pluginId(), hook.pluginVersion());
  }

  private static PluginCatalog loadPlugins(Path plugins, PrivateFolder folder, Processes processes)
      throws HostRefusedException {
    try {
      return PluginCatalog.load(plugins, PluginCatalog.LOAD_LIMIT, folder, processes);
    } catch (IOException e) {
      throw new HostRefusedException(
          HostRefusedException.Reason.REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  private static String noHook(PluginCatalog catalog) {
    var problems = catalog.problems();
    return "There is no hook in "
        + catalog.folder()
        + (problems.isEmpty()
            ? ": it has no plugin jar. Drop one in."
            : ": see what is wrong with \"longline plugins\". First: "
                + problems.get(0).plugin()
                + ": "
                + problems.get(0).sentence());
  }
}
