package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.plugins.JarVerifier;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.plugins.PluginInstallation;
import io.longline.host.plugins.StagedJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Installs jars for commands, and prints what came of each. Confined to one thread. */
final class JarInstaller {

  private final CommandIo io;
  private final PluginInstallation installation;
  private final Consumer<String> complain;
  private final boolean json;
  private final boolean force;

  /**
   * An installer.
   *
   * @param complain takes sentences for people
   * @param json whether an object is printed for each jar
   * @param force whether bad jars are installed
   */
  JarInstaller(
      CommandIo io,
      PluginInstallation installation,
      Consumer<String> complain,
      boolean json,
      boolean force) {
    this.io = io;
    this.installation = installation;
    this.complain = complain;
    this.json = json;
    this.force = force;
  }

  /** Installs a jar from a file; returns the exit code. */
  int install(Path jar) throws IOException {
    var file = jar.toAbsolutePath();
    if (!StagedJar.isWorth(file)) {
      return refuse(jar, verified(jar, JarVerifier.verify(file)));
    }
    try (var staged = StagedJar.of(file)) {
      var report = verified(jar, installation.verify(staged, file));
      return install(staged, jar, report, file.normalize().toString());
    }
  }

  /**
   * Installs a jar that was got from elsewhere.
   *
   * @param id the plugin that it must be, and
   * @param version its version
   * @param origin where it came from
   */
  int install(StagedJar staged, String id, String version, String origin) {
    var shown = Path.of(id + "-" + version + ".jar");
    var report = verified(shown, installation.verify(staged, shown.toAbsolutePath()));
    if (!report.id().equals(id) || !report.version().equals(version)) {
      complain.accept(
          "%s is %s %s, and not %s %s."
              .formatted(origin, report.id(), report.version(), id, version));
      return refuse(shown, report);
    }
    return install(staged, shown, report, origin);
  }

  private JarVerifier.Report verified(Path jar, JarVerifier.Report report) {
    if (!json) {
      PluginVerifyCommand.print(io.out(), jar, report);
      io.out().flush();
    }
    return report;
  }

  private int install(StagedJar staged, Path jar, JarVerifier.Report report, String origin) {
    try {
      var result = installation.install(staged, report, origin, force);
      if (result.installed() == null) {
        return refuse(jar, report);
      }
      print(jar, report, result.installed());
      return ExitCode.OK;
    } catch (IOException e) {
      print(jar, report, null);
      complain.accept("The jar cannot be installed in " + installation.folder() + ": " + e);
      return ExitCode.REFUSED;
    }
  }

  private int refuse(Path jar, JarVerifier.Report report) {
    print(jar, report, null);
    complain.accept("The jar was not installed.");
    return ExitCode.PROBLEMS;
  }

  /** Prints what was done; null if nothing was. */
  private void print(
      Path jar, JarVerifier.Report report, PluginFolder.@Nullable Installed installed) {
    if (json) {
      io.out().println(toJson(jar, report, installed));
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

  private static String toJson(
      Path jar, JarVerifier.Report report, PluginFolder.@Nullable Installed installed) {
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
