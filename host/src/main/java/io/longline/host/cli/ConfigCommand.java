package io.longline.host.cli;

import io.longline.host.configuration.ConfigurationPage;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.LedgerConfiguration;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.configuration.RootTable;
import io.longline.host.configuration.TrustSettings;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import io.longline.host.settings.SettingsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longline config}: shows the settings. */
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
    return new CommandLine(new ConfigCommand(io))
        .addSubcommand("check", new ConfigCheckCommand(io));
  }

  @Override
  int run(SettingSources sources) throws SettingsException {
    if (markdown) {
      io.out().print(ConfigurationPage.text());
      return ExitCode.OK;
    }
    var reader = new SettingReader(sources);
    var shown = new ArrayList<ShownSetting>();
    var defaults = new ComputedDefaults(sources, io.defaultPlugins());
    for (var setting : DeclaredSettings.OF_WATCH) {
      shown.add(ShownSetting.of(setting, sources.find(setting), reader, defaults.of(setting)));
    }
    shown.addAll(roots(reader, defaults));
    var notes = new ArrayList<String>();
    try (var catalog =
        PluginCatalog.load(
            reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()),
            TrustSettings.read(reader),
            PluginCatalog.LOAD_LIMIT)) {
      notes.addAll(PluginConfiguration.of(catalog.hooks(), catalog, reader).notes());
      catalog.plugins().stream()
          .filter(plugin -> plugin.state() != InstalledPlugin.State.PASSED_OVER)
          .forEach(plugin -> shown.addAll(ShownSetting.of(plugin, sources, defaults)));
    } catch (IOException e) {
      // The other settings are shown without those of plugins.
      notes.add(String.valueOf(e.getMessage()));
    }
    var hints = new LedgerHints(LedgerConfiguration.readShared(new SettingReader(sources)));
    for (var plugin : DisabledPlugins.find(sources, notes::add)) {
      notes.add(
          "The plugin %s is disabled in the ledger, whatever its settings are. To have its hooks called again: %s"
              .formatted(plugin, hints.command("plugins", "enable", plugin)));
    }
    print(shown, sources.file());
    notes.forEach(this::complain);
    reader.check();
    return ExitCode.OK;
  }

  private static List<ShownSetting> roots(SettingReader reader, ComputedDefaults defaults) {
    var shown = new ArrayList<ShownSetting>();
    int number = 0;
    for (var table : RootTable.of(reader.sources().file())) {
      number++;
      table.path(reader);
      for (var setting : RootTable.SETTINGS) {
        var named = setting.in(RootTable.NAME + "[" + number + "]");
        shown.add(
            ShownSetting.of(
                named, table.written().get(setting.key()), reader, defaults.ofRoot(setting.key())));
      }
    }
    return shown;
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
}
