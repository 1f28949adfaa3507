package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.event.ShellWord;
import io.longline.host.index.PluginBundle;
import io.longline.host.plugins.JarVerifier;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.FolderTrust;
import io.longline.host.trust.LockedPlugin;
import io.longline.host.trust.PluginLock;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins bundle}: writes installed plugins into one file. */
@Command(
    name = "bundle",
    description =
        "Writes plugins of the plugins folder, with signatures and lock, into one file for machines without a network.",
    mixinStandardHelpOptions = true)
final class PluginBundleCommand extends TrustCommand {

  @Parameters(index = "0", paramLabel = "FILE", description = "The zip file to write.")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "ID",
      arity = "0..*",
      description = "The plugins (default: all).")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  private PluginBundleCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginBundleCommand(io));
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    var lock = PluginLock.in(folder.path());
    var jars = new ArrayList<Path>();
    var entries = new ArrayList<LockedPlugin>();
    for (var jar : folder.jars()) {
      var report = JarVerifier.verify(jar);
      if (!ids.isEmpty() && ids.stream().noneMatch(report.id()::equalsIgnoreCase)) {
        continue;
      }
      if (!lock.has(report.id(), FolderTrust.sha256(jar))) {
        complain(
            "%s is not the jar that was installed. If it is the one that you want: longline plugins lock %s --plugins %s"
                .formatted(jar, ShellWord.of(report.id()), ShellWord.of(folder.path().toString())));
        return ExitCode.PROBLEMS;
      }
      jars.add(jar);
      entries.add(lock.of(report.id()).orElseThrow());
    }
    for (var id : ids) {
      if (entries.stream().noneMatch(each -> each.isOf(id))) {
        complain("There is no plugin " + id + " in " + folder.path() + ".");
        return ExitCode.USAGE;
      }
    }
    if (jars.isEmpty()) {
      complain("There is no plugin in " + folder.path() + ".");
      return ExitCode.USAGE;
    }
    PluginBundle.write(file, jars, PluginLock.of(entries), Clock.systemUTC().instant());
    print(entries);
    return ExitCode.OK;
  }

  private void print(List<LockedPlugin> entries) {
    if (!json) {
      entries.forEach(each -> io.out().println(LockedText.line(each)));
      io.out()
          .printf(
              "Wrote %s. To install its plugins elsewhere: longline plugins unbundle %s%n",
              file, ShellWord.of(file.getFileName().toString()));
      return;
    }
    io.out()
        .println(
            EventJson.object(
                "bundle",
                out -> {
                  out.writeStringField("file", file.toString());
                  out.writeArrayFieldStart("plugins");
                  for (var each : entries) {
                    out.writeStartObject();
                    out.writeStringField("id", each.id());
                    out.writeStringField("version", each.version());
                    out.writeStringField("sha256", each.sha256());
                    out.writeEndObject();
                  }
                  out.writeEndArray();
                }));
  }
}
