package io.longline.host.cli;

import io.longline.host.event.PrintableText;
import io.longline.host.event.ShellWord;
import io.longline.host.plugins.ApiRequirement;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins info}: shows a plugin of an index with its versions. */
@Command(
    name = "info",
    description = "Shows a plugin of an index with its versions.",
    mixinStandardHelpOptions = true)
final class PluginInfoCommand extends IndexCommand {

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  private PluginInfoCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginInfoCommand(io));
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    var indexes = open(folder, trust, reader);
    var found = indexes.find(id);
    if (found == null) {
      if (indexes.exitCode() == ExitCode.OK) {
        complain(indexes.notFound(id));
      }
      return indexes.exitCode() == ExitCode.OK ? ExitCode.USAGE : indexes.exitCode();
    }
    var installed = PluginSearchCommand.installed(folder).get(found.plugin().id());
    if (json) {
      io.out().println(IndexedJson.of(found, installed));
    } else {
      print(found, installed);
    }
    return ExitCode.OK;
  }

  private void print(OpenIndexes.Found found, @Nullable String installed) {
    var plugin = found.plugin();
    var signer = found.index().signer();
    line(plugin.id() + ": " + orHyphen(plugin.description()));
    line("licence: " + orHyphen(plugin.licence()));
    line("sites: " + orHyphen(String.join(", ", plugin.sites())));
    line("index: " + found.index().name() + (signer.isEmpty() ? "" : ", signed by " + signer));
    line("installed: " + (installed == null ? "no" : installed));
    io.out().println();
    var table = new Table("VERSION", "DATE", "SIZE", "PLUGIN-API", "SHA256");
    for (var release : plugin.releases()) {
      var requires = release.requires().isEmpty() ? "any" : release.requires();
      table.row(
          release.version(),
          release.date(),
          release.size(),
          ApiRequirement.isMetBy(release.requires()) ? requires : requires + " (not this one)",
          release.sha256());
    }
    table.print(io.out());
    if (installed == null && plugin.newest().isPresent()) {
      io.out()
          .printf(
              "%nTo install it: longline plugins install %s%s%n",
              ShellWord.of(plugin.id()), givenOptions());
    }
  }

  private static String orHyphen(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private void line(String text) {
    io.out().println(PrintableText.line(text));
  }
}
