package io.longline.host.cli;

import io.longline.host.configuration.ConfigurationFile;
import io.longline.host.configuration.ConfigurationPage;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.configuration.RootTable;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingsException;
import io.longline.host.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline config}: shows the settings, and checks a settings file. */
@Command(
    name = "config",
    description = "Shows each setting with its value and where that comes from.",
    mixinStandardHelpOptions = true)
final class ConfigCommand extends SettingsCommand {

  @Option(names = "--json", description = "Print one JSON object for each setting.")
  private boolean json;

  @Option(
      names = "--markdown",
      hidden = true,
      description = "Print the page of the documentation that lists the settings.")
  private boolean markdown;

  private ConfigCommand(CommandIo io) {
    super(io, DeclaredSettings.OF_WATCH);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new ConfigCommand(io)).addSubcommand("check", new CheckCommand(io));
  }

  @Override
  int run(SettingSources sources) throws SettingsException {
    if (markdown) {
      io.out().print(ConfigurationPage.text());
      return ExitCode.OK;
    }
    var reader = new SettingReader(sources);
    var shown = new ArrayList<ShownSetting>();
    for (var setting : DeclaredSettings.OF_WATCH) {
      shown.add(ShownSetting.of(setting, sources.find(setting), reader));
    }
    addRoots(reader, shown);
    var notes = new ArrayList<String>();
    try (var catalog =
        PluginCatalog.load(
            reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()), PluginCatalog.LOAD_LIMIT)) {
      notes.addAll(PluginConfiguration.of(catalog.hooks(), catalog, reader).notes());
      for (var plugin : catalog.plugins()) {
        shown.addAll(ShownSetting.of(plugin, sources));
      }
    } catch (IOException e) {
      // Without plugins there are their settings neither.
      notes.add(String.valueOf(e.getMessage()));
    }
    print(shown, sources.file());
    notes.forEach(this::complain);
    reader.check();
    return ExitCode.OK;
  }

  private void print(List<ShownSetting> shown, @Nullable SettingsFile file) {
    if (json) {
      shown.forEach(setting -> io.out().println(setting.json()));
      return;
    }
    var table = new Table("SETTING", "VALUE", "FROM");
    shown.forEach(
        setting -> table.row(setting.key(), PrintableText.line(setting.value()), setting.from()));
    table.print(io.out());
    io.out().println();
    io.out().println("Settings file: " + (file == null ? noFile() : file.path().toString()));
  }

  private String noFile() {
    var usual = SettingOptions.usualFile(io);
    return "none" + (usual == null ? "" : "; it would be " + usual);
  }

  private static void addRoots(SettingReader reader, List<ShownSetting> shown) {
    int number = 0;
    for (var table : RootTable.of(reader.sources().file())) {
      number++;
      for (var setting : RootTable.SETTINGS) {
        shown.add(
            ShownSetting.of(
                setting.in(RootTable.NAME + "[" + number + "]"),
                table.written().get(setting.key()),
                reader));
      }
      table.path(reader);
    }
  }

  /** {@code longline config check FILE}. */
  @Command(
      name = "check",
      description =
          "Looks a settings file over, with the sections of the plugins that are installed; starts nothing.",
      mixinStandardHelpOptions = true)
  private static final class CheckCommand extends SettingsCommand {

    @Parameters(paramLabel = "FILE", description = "The settings file.")
    private Path file = Path.of("longline.toml");

    CheckCommand(CommandIo io) {
      super(io, List.of(DeclaredSettings.PLUGINS));
    }

    @Override
    int run(SettingSources given) {
      List<String> problems;
      try {
        var settings = ConfigurationFile.read(file);
        var reader = new SettingReader(SettingSources.fileAlone(settings, io.environment()));
        reader.goWithoutSecrets();
        check(reader, settings, new SettingReader(given));
        problems = reader.problems();
        reader.notes().forEach(this::complain);
      } catch (SettingsException e) {
        problems = e.problems();
      }
      problems.forEach(this::complain);
      if (problems.isEmpty()) {
        io.out().println(file + " is right");
      }
      return problems.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    /** Of flags and variables only those count that say where the plugins are. */
    private void check(SettingReader reader, SettingsFile settings, SettingReader given) {
      DeclaredSettings.OF_WATCH.forEach(reader::find);
      for (var table : RootTable.of(settings)) {
        RootTable.SETTINGS.forEach(each -> reader.value(each, table.written().get(each.key())));
        var path = table.path(reader);
        if (path != null) {
          checkFolder(reader, table.place(), path);
        }
      }
      var extracted = reader.find(DeclaredSettings.EXTRACTED);
      if (extracted != null) {
        checkFolder(reader, settings.placeOf(DeclaredSettings.EXTRACTED.key()), extracted);
      }
      var plugins =
          given.get(
              DeclaredSettings.PLUGINS, reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()));
      try (var catalog = PluginCatalog.load(plugins, PluginCatalog.LOAD_LIMIT)) {
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

    private static void checkFolder(SettingReader reader, String place, Path folder) {
      if (!Files.isDirectory(folder)) {
        reader.problem(place + ": there is no folder " + folder + ".");
      }
    }

    private static void checkHooks(
        SettingReader reader, PluginCatalog catalog, SettingSpec<List<String>> setting) {
      for (var id : reader.get(setting, List.of())) {
        if (catalog.hooks().stream()
            .noneMatch(hook -> hook.id().equals(id) || hook.pluginId().equals(id))) {
          reader.problem(
              setting.key()
                  + ": there is no hook or plugin "
                  + id
                  + " in "
                  + catalog.folder()
                  + ".");
        }
      }
    }
  }
}
