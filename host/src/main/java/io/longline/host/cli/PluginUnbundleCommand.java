package io.longline.host.cli;

import io.longline.host.index.PluginBundle;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.plugins.PluginInstallation;
import io.longline.host.plugins.StagedJar;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins unbundle}: installs the plugins of a bundle. */
@Command(
    name = "unbundle",
    description =
        "Verifies the plugins of a bundle and installs all of them, or none if one is bad.",
    mixinStandardHelpOptions = true)
final class PluginUnbundleCommand extends TrustCommand {

  @Parameters(paramLabel = "FILE", description = "The bundle.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print one JSON object per line for each plugin.")
  private boolean json;

  private PluginUnbundleCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginUnbundleCommand(io));
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    if (!Files.isRegularFile(file)) {
      complain("There is no file " + file + ".");
      return ExitCode.USAGE;
    }
    try (var bundle = PluginBundle.unpack(file)) {
      return install(bundle, folder, trust);
    }
  }

  private int install(PluginBundle bundle, PluginFolder folder, PluginTrust trust)
      throws IOException {
    var installation = new PluginInstallation(folder, trust.in(folder.path()), Clock.systemUTC());
    boolean isGood = true;
    for (var jar : bundle.jars()) {
      isGood &= isGood(bundle, jar, installation);
    }
    if (!isGood || bundle.jars().isEmpty()) {
      complain("Nothing of " + file + " was installed.");
      return ExitCode.PROBLEMS;
    }
    var installer = new JarInstaller(io, installation, this::complain, json, false);
    int code = ExitCode.OK;
    for (var jar : bundle.jars()) {
      var entry = bundle.entryOf(jar).orElseThrow();
      try (var staged = StagedJar.of(jar)) {
        var origin = file.toAbsolutePath().normalize() + "!/" + jar.getFileName();
        code = Math.max(code, installer.install(staged, entry.id(), entry.version(), origin));
      }
    }
    return code;
  }

  /** Whether a jar is one of the bundle's lock and could be installed; reports what is wrong. */
  private boolean isGood(PluginBundle bundle, Path jar, PluginInstallation installation)
      throws IOException {
    if (bundle.entryOf(jar).isEmpty()) {
      complain(jar.getFileName() + " is not the jar that plugins.lock of the bundle has.");
      return false;
    }
    if (!StagedJar.isWorth(jar)) {
      complain(jar.getFileName() + " is not a jar that can be read.");
      return false;
    }
    try (var staged = StagedJar.of(jar)) {
      var report = installation.verify(staged, jar);
      if (report.isBad()) {
        PluginVerifyCommand.print(io.err(), jar.getFileName(), report);
      }
      return !report.isBad();
    }
  }
}
