package io.longline.host.cli;

import io.longline.host.app.ConfigurationPage;
import io.longline.host.app.ConfiguredPlugins;
import io.longline.host.app.DeclaredSettings;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import io.longline.host.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      reader.find(setting);
      shown.add(ShownSetting.of(setting, sources.find(setting)));
    }
    addRoots(sources, reader, shown);
    var file = sources.file();
    var notes = new ArrayList<String>();
    reader.check();
    try (var catalog =
        PluginCatalog.load(
            reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()), PluginCatalog.LOAD_LIMIT)) {
      var ids = catalog.plugins().stream().map(InstalledPlugin::id).toList();
      notes.addAll(ConfiguredPlugins.of(catalog.hooks(), ids, sources).notes());
      for (var plugin : catalog.plugins()) {
        shown.addAll(ShownSetting.of(plugin, sources));
      }
    } catch (IOException e) {
      // Without plugins there are their settings neither.
      notes.add(String.valueOf(e.getMessage()));
    }
    notes.forEach(this::complain);
    if (json) {
      shown.forEach(setting -> io.out().println(setting.json()));
      return ExitCode.OK;
    }
    var table = new Table("SETTING", "VALUE", "FROM");
    shown.forEach(
        setting -> table.row(setting.key(), PrintableText.line(setting.value()), setting.from()));
    table.print(io.out());
    io.out().println();
    io.out().println("Settings file: " + (file == null ? noFile() : file.path().toString()));
    return ExitCode.OK;
  }

  private String noFile() {
    var usual = SettingOptions.usualFile(io);
    return "none" + (usual == null ? "" : "; it would be " + usual);
  }

  private static void addRoots(
      SettingSources sources, SettingReader reader, List<ShownSetting> shown) {
    var file = sources.file();
    if (file == null) {
      return;
    }
    int number = 0;
    for (var table : file.tables(DeclaredSettings.ROOT_TABLE)) {
      number++;
      for (var setting : DeclaredSettings.OF_ROOT) {
        var written = table.get(setting.key());
        reader.value(setting, written);
        shown.add(
            ShownSetting.of(setting.in(DeclaredSettings.ROOT_TABLE + "[" + number + "]"), written));
      }
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
      var problems = new ArrayList<String>();
      try {
        problems.addAll(check(given));
      } catch (SettingsException e) {
        problems.addAll(e.problems());
      }
      problems.forEach(this::complain);
      if (problems.isEmpty()) {
        io.out().println(file + " is right");
      }
      return problems.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    }

    /** What is wrong with the file alone: neither flags nor variables count but for the plugins. */
    private List<String> check(SettingSources given) throws SettingsException {
      var settings = SettingsFile.read(file, DeclaredSettings.layout());
      var sources = new SettingSources(Map.of(), secretsOnly(), settings);
      var reader = new SettingReader(sources);
      DeclaredSettings.OF_WATCH.forEach(reader::find);
      addRoots(sources, reader, new ArrayList<>());
      for (var table : settings.tables(DeclaredSettings.ROOT_TABLE)) {
        if (!table.containsKey(DeclaredSettings.ROOT_PATH.key())) {
          reader.problem(file + ": a table [[watch.roots]] has no path.");
        }
      }
      var plugins =
          new SettingReader(given)
              .get(
                  DeclaredSettings.PLUGINS,
                  reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()));
      try (var catalog = PluginCatalog.load(plugins, PluginCatalog.LOAD_LIMIT)) {
        var ids = catalog.plugins().stream().map(InstalledPlugin::id).toList();
        ConfiguredPlugins.of(catalog.hooks(), ids, sources).notes().forEach(reader::problem);
      } catch (SettingsException e) {
        e.problems().forEach(reader::problem);
      } catch (IOException e) {
        reader.problem(String.valueOf(e.getMessage()));
      }
      return reader.problems();
    }

    /** The variables that hold secrets, but not those that are settings. */
    private Map<String, String> secretsOnly() {
      var variables = new java.util.HashMap<>(io.environment());
      variables.keySet().removeIf(name -> name.startsWith("LONGLINE_"));
      return variables;
    }
  }
}
