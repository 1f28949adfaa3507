package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code longline plugins remove}: removes a plugin from the plugins folder. */
@Command(
    name = "remove",
    description =
        "Removes a plugin's jar from the plugins folder; it is kept there as .previous. Work that is owed to its hooks waits.",
    mixinStandardHelpOptions = true)
final class PluginRemoveCommand extends SettingsCommand {

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  private PluginRemoveCommand(CommandIo io) {
    super(io, List.of(DeclaredSettings.PLUGINS));
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginRemoveCommand(io));
  }

  @Override
  int run(SettingSources sources) throws SettingsException {
    var reader = new SettingReader(sources);
    var folder = new PluginFolder(reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()));
    reader.check();
    try {
      var removed = folder.remove(id);
      if (removed.isEmpty()) {
        complain("There is no plugin " + id + " in " + folder.path() + ".");
        return ExitCode.USAGE;
      }
      removed.forEach(
          jar ->
              io.out().println("Removed " + jar + "; it is kept as " + PluginFolder.previous(jar)));
      io.out().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      complain("The plugin cannot be removed from " + folder.path() + ": " + e);
      return ExitCode.REFUSED;
    }
  }
}
