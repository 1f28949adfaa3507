package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.plugins.JarVerifier;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.plugins.PluginInstallation;
import io.longline.host.plugins.StagedJar;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins install}: verifies a jar and puts it into the plugins folder. */
@Command(
    name = "install",
    description =
        "Verifies a jar and puts it into the plugins folder as ID-VERSION.jar; a jar that it replaces is kept there as .previous.",
    mixinStandardHelpOptions = true)
final class PluginInstallCommand extends TrustCommand {

  @Parameters(paramLabel = "JAR", description = "The jar.")
  private Path jar = Path.of("");

  @Option(names = "--force", description = "Install it even if it is bad.")
  private boolean force;

  @Option(names = "--json", description = "Print a JSON object.")
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
    var shown = jar.toAbsolutePath();
    if (!StagedJar.isWorth(shown)) {
      return refuse(verified(JarVerifier.verify(shown)));
    }
    try (var staged = StagedJar.of(shown)) {
      return install(installation, staged, verified(installation.verify(staged, shown)), folder);
    }
  }

  private JarVerifier.Report verified(JarVerifier.Report report) {
    if (!json) {
      PluginVerifyCommand.print(io.out(), jar, report);
      io.out().flush();
    }
    return report;
  }

  private int refuse(JarVerifier.Report report) {
    print(report, null);
    complain("The jar was not installed.");
    return ExitCode.PROBLEMS;
  }

  private int install(
      PluginInstallation installation,
      StagedJar staged,
      JarVerifier.Report report,
      PluginFolder folder) {
    try {
      var origin = jar.toAbsolutePath().normalize().toString();
      var result = installation.install(staged, report, origin, force);
      if (result.installed() == null) {
        return refuse(report);
      }
      print(report, result.installed());
      return ExitCode.OK;
    } catch (IOException e) {
      print(report, null);
      complain("The jar cannot be installed in " + folder.path() + ": " + e);
      return ExitCode.REFUSED;
    }
  }

  /** Prints what was done; null if nothing was. */
  private void print(JarVerifier.Report report, PluginFolder.@Nullable Installed installed) {
    if (json) {
      io.out().println(toJson(report, installed));
    } else if (installed != null) {
      io.out().println("Installed " + installed.file());
      for (var old : installed.replaced()) {
        if (old.isNewer()) {
          io.out()
              .printf(
                  "This is a downgrade: version %s of %s takes the place of %s, which is newer.%n",
                  report.version(), report.id(), old.version());
        }
        io.out().println("The jar that it replaces is kept as " + old.kept());
      }
    }
    io.out().flush();
  }

  private String toJson(JarVerifier.Report report, PluginFolder.@Nullable Installed installed) {
    return EventJson.object(
        "installed",
        out -> {
          PluginVerifyCommand.members(out, jar, report);
          out.writeStringField("installed", installed == null ? null : installed.file().toString());
          var replaced =
              installed == null ? List.<PluginFolder.Replaced>of() : installed.replaced();
          out.writeBooleanField(
              "downgrade", replaced.stream().anyMatch(PluginFolder.Replaced::isNewer));
          out.writeArrayFieldStart("replaced");
          for (var old : replaced) {
            out.writeStartObject();
            out.writeStringField("file", old.file().toString());
            out.writeStringField("version", old.version());
            out.writeStringField("kept", old.kept().toString());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
