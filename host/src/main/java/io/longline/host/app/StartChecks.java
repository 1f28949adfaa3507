package io.longline.host.app;

import io.longline.host.app.HostRefusedException.Reason;
import io.longline.host.configuration.HookSelectionException;
import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingsException;
import io.longline.zeek.NearestName;
import java.nio.file.Files;
import java.util.List;

/** Checks before a host starts: plugins, hooks, settings and folders must be valid. */
final class StartChecks {

  private final HostSettings settings;
  private final PluginCatalog catalog;

  StartChecks(HostSettings settings, PluginCatalog catalog) {
    this.settings = settings;
    this.catalog = catalog;
  }

  /**
   * Checks everything, and configures the hooks that are called.
   *
   * @throws HostRefusedException if a check fails; the message says why, and what to do
   */
  PluginConfiguration configure() throws HostRefusedException {
    checkProblems();
    checkExtracted();
    if (catalog.hooks().isEmpty()) {
      throw new HostRefusedException(Reason.NO_HOOK, noHook());
    }
    try {
      return configure(new SettingReader(settings.plugins().sources()));
    } catch (SettingsException e) {
      throw new HostRefusedException(Reason.USAGE, String.join("\n", e.problems()), e);
    } catch (HookSelectionException e) {
      throw new HostRefusedException(reason(e), String.valueOf(e.getMessage()), e);
    }
  }

  private PluginConfiguration configure(SettingReader reader)
      throws SettingsException, HookSelectionException {
    checkIsolated(reader);
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
    return plugins;
  }

  private static Reason reason(HookSelectionException e) {
    return switch (e.reason()) {
      case UNKNOWN_ID -> Reason.USAGE;
      case NONE_LEFT -> Reason.NO_HOOK;
    };
  }

  private void checkProblems() throws HostRefusedException {
    var problems = problems();
    if (settings.plugins().strict() && !problems.isEmpty()) {
      var first = problems.get(0);
      throw new HostRefusedException(
          Reason.REFUSED,
          "With the setting strict a plugin problem keeps the host from starting; there "
              + (problems.size() == 1 ? "is 1: " : "are " + problems.size() + ". First: ")
              + first.file().getFileName()
              + ": "
              + first.sentence()
              + " "
              + first.remedy());
    }
  }

  private List<PluginProblem> problems() {
    return catalog.problems().stream().filter(problem -> !problem.code().isNotice()).toList();
  }

  private void checkExtracted() throws HostRefusedException {
    var extracted = settings.folders().extracted();
    if (extracted != null && !Files.isDirectory(extracted)) {
      throw new HostRefusedException(
          Reason.REFUSED,
          "There is no folder "
              + extracted
              + " of extracted files. Name it in the setting extracted, or leave that out.");
    }
  }

  private void checkIsolated(SettingReader reader) {
    var ids = catalog.plugins().stream().map(InstalledPlugin::id).toList();
    for (var id : settings.calling().isolated()) {
      if (!ids.contains(id) && !id.equals(HostSettings.Calling.ALL)) {
        reader.problem(
            "isolate: there is no plugin %s.%s".formatted(id, NearestName.question(id, ids)));
      }
    }
  }

  private String noHook() {
    var problems = problems();
    return "There is no hook in "
        + catalog.folder()
        + (problems.isEmpty()
            ? ": it has no plugin jar. Drop one in."
            : ": its jars have problems. First: "
                + problems.get(0).plugin()
                + ": "
                + problems.get(0).sentence());
  }
}
