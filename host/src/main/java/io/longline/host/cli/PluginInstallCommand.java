package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.plugins.JarVerifier;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins install}: verifies a jar and puts it into the plugins folder. */
@Command(
    name = "install",
    description =
        "Verifies a jar and puts it into the plugins folder as ID.jar; a jar that it replaces is kept there as .previous.",
    mixinStandardHelpOptions = true)
final class PluginInstallCommand extends SettingsCommand {

  @Parameters(paramLabel = "JAR", description = "The jar.")
  private Path jar = Path.of("");

  @Option(names = "--force", description = "Install it even if it is bad.")
  private boolean force;

  private PluginInstallCommand(CommandIo io) {
    super(io, List.of(DeclaredSettings.PLUGINS));
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginInstallCommand(io));
  }

  @Override
  int run(SettingSources sources) throws SettingsException {
    var reader = new SettingReader(sources);
    var folder = new PluginFolder(reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()));
    reader.check();
    var report = JarVerifier.verify(jar.toAbsolutePath());
    PluginVerifyCommand.print(io.out(), jar, report);
    io.out().flush();
    if (report.isBad() && (!force || report.version().isEmpty())) {
      complain("The jar was not installed.");
      return ExitCode.PROBLEMS;
    }
    try {
      var old = folder.install(jar.toAbsolutePath(), report.id());
      io.out().println("Installed " + folder.path().resolve(report.id() + ".jar"));
      old.forEach(
          each ->
              io.out()
                  .println("The jar that it replaces is kept as " + PluginFolder.previous(each)));
      io.out().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      complain("The jar cannot be installed in " + folder.path() + ": " + e);
      return ExitCode.REFUSED;
    }
  }
}
