package io.longline.host.cli;

import io.longline.host.configuration.ConfigurationFile;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.configuration.RootTable;
import io.longline.host.configuration.TrustSettings;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingsException;
import io.longline.host.settings.SettingsFile;
import io.longline.host.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longline config check FILE}: checks a settings file. */
@Command(
    name = "check",
    description =
        "Checks a settings file, with the sections of the plugins that are installed; starts nothing.",
    mixinStandardHelpOptions = true)
final class ConfigCheckCommand extends SettingsCommand {

  @Parameters(paramLabel = "FILE", description = "The settings file.")
  private Path file = Path.of("longline.toml");

  ConfigCheckCommand(CommandIo io) {
    super(io, List.of(DeclaredSettings.PLUGINS, DeclaredSettings.TRUST, DeclaredSettings.KEYS));
  }

  @Override
  int run(SettingSources given) {
    var problems = problems(given);
    problems.forEach(this::complain);
    if (problems.isEmpty()) {
      io.out().println(file + " has no problems");
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
  }

  /** What is wrong; of flags and variables only those count that say where the plugins are. */
  private List<String> problems(SettingSources given) {
    try {
      var settings = ConfigurationFile.read(file);
      var reader = new SettingReader(SettingSources.fileAlone(settings, io.environment()));
      reader.goWithoutSecrets();
      checkHost(reader, settings);
      checkPlugins(reader, new SettingReader(given));
      reader.notes().forEach(this::complain);
      return reader.problems();
    } catch (SettingsException e) {
      return e.problems();
    }
  }

  private static void checkHost(SettingReader reader, SettingsFile settings) {
    DeclaredSettings.OF_WATCH.forEach(reader::find);
    for (var table : RootTable.of(settings)) {
      RootTable.SETTINGS.forEach(each -> reader.value(each, table.written().get(each.key())));
      var root = table.path(reader);
      if (root != null) {
        checkFolder(reader, table.place(), root);
      }
    }
    var extracted = reader.find(DeclaredSettings.EXTRACTED);
    if (extracted != null) {
      checkFolder(reader, settings.placeOf(DeclaredSettings.EXTRACTED.key()), extracted);
    }
  }

  private static void checkFolder(SettingReader reader, String place, Path folder) {
    if (!Files.isDirectory(folder)) {
      reader.problem(place + ": there is no folder " + folder + ".");
    }
  }

  private void checkPlugins(SettingReader reader, SettingReader given) {
    var folder =
        given.get(
            DeclaredSettings.PLUGINS, reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()));
    var trust =
        TrustSettings.read(given.find(DeclaredSettings.TRUST) == TrustPolicy.ANY ? reader : given);
    try (var catalog = PluginCatalog.load(folder, trust, PluginCatalog.LOAD_LIMIT)) {
      var disabled = PluginConfiguration.disabled(catalog.plugins(), reader);
      var called =
          catalog.hooks().stream().filter(hook -> !disabled.contains(hook.pluginId())).toList();
      PluginConfiguration.of(called, catalog, reader).notes().forEach(reader::problem);
      checkHooks(reader, catalog, DeclaredSettings.HOOKS);
      checkHooks(reader, catalog, DeclaredSettings.WITHOUT);
    } catch (IOException e) {
      reader.problem(String.valueOf(e.getMessage()));
    }
  }

  private static void checkHooks(
      SettingReader reader, PluginCatalog catalog, SettingSpec<List<String>> setting) {
    for (var id : reader.get(setting, List.of())) {
      if (catalog.hooks().stream()
          .noneMatch(hook -> hook.id().equals(id) || hook.pluginId().equals(id))) {
        reader.problem(
            "%s: there is no hook or plugin %s in %s."
                .formatted(setting.key(), id, catalog.folder()));
      }
    }
  }
}
