package io.longline.host.cli;

import io.longline.host.plugins.PluginFolder;
import io.longline.host.plugins.PluginInstallation;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins install}: verifies jars and puts them into the plugins folder. */
@Command(
    name = "install",
    description =
        "Verifies a jar, or each jar of a folder, or a plugin of an index, and puts it into the plugins folder as ID-VERSION.jar; a jar that it replaces is kept there as .previous.",
    mixinStandardHelpOptions = true)
final class PluginInstallCommand extends IndexCommand {

  @Parameters(
      paramLabel = "JAR|FOLDER|ID[@VERSION]",
      description =
          "A jar, a folder of jars, or a plugin of an index; what has a slash in it, or ends in .jar, or exists, is a path.")
  private String what = "";

  @Option(names = "--force", description = "Install it even if it is bad.")
  private boolean force;

  @Option(names = "--json", description = "Print a JSON object for each jar.")
  private boolean json;

  private PluginInstallCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginInstallCommand(io));
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    var installation = new PluginInstallation(folder, trust.in(folder.path()), Clock.systemUTC());
    var installer = new JarInstaller(io, installation, this::complain, json, force);
    var path = path();
    if (path == null) {
      return installIndexed(installer, open(folder, trust, reader));
    }
    return Files.isDirectory(path) && !PluginFolder.isNamedAsJar(path)
        ? installAll(installer, path)
        : installer.install(path);
  }

  /** The path; null if the plugin of an index is meant. */
  private @Nullable Path path() {
    try {
      var path = Path.of(what);
      return what.contains("/") || what.endsWith(".jar") || Files.exists(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private int installAll(JarInstaller installer, Path jars) throws IOException {
    int code = ExitCode.OK;
    var all = new PluginFolder(jars).jars();
    if (all.isEmpty()) {
      complain("There is no jar in " + jars + ".");
      return ExitCode.USAGE;
    }
    for (var jar : all) {
      code = Math.max(code, installer.install(jar));
    }
    return code;
  }

  private int installIndexed(JarInstaller installer, OpenIndexes indexes) throws IOException {
    int at = what.indexOf('@');
    var id = at < 0 ? what : what.substring(0, at);
    var version = at < 0 ? null : what.substring(at + 1);
    var found = indexes.find(id);
    if (found == null) {
      complain(indexes.notFound(id));
      return indexes.isAnyBroken() ? ExitCode.REFUSED : ExitCode.USAGE;
    }
    var release = version == null ? found.plugin().newest() : found.plugin().release(version);
    if (release.isEmpty()) {
      complain(
          version == null
              ? "No version of %s in %s fits this Longline.".formatted(id, found.index().name())
              : "There is no version %s of %s in %s.".formatted(version, id, found.index().name()));
      return ExitCode.USAGE;
    }
    return found.install(installer, release.get());
  }
}
