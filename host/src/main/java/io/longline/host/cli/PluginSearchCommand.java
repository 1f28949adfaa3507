package io.longline.host.cli;

import io.longline.host.index.IndexedRelease;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins search}: lists the plugins of the indexes. */
@Command(
    name = "search",
    description = "Lists the plugins of the indexes, or those with a word in id or description.",
    mixinStandardHelpOptions = true)
final class PluginSearchCommand extends IndexCommand {

  @Parameters(paramLabel = "WORD", arity = "0..1", description = "The word.")
  private String word = "";

  @Option(names = "--json", description = "Print one JSON object per line for each plugin.")
  private boolean json;

  private PluginSearchCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginSearchCommand(io));
  }

  /** The versions of the plugins in a folder, which need not exist yet. */
  static Map<String, String> installed(PluginFolder folder) throws IOException {
    return Files.isDirectory(folder.path()) ? folder.versions() : Map.of();
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    var indexes = open(folder, trust, reader);
    var installed = installed(folder);
    var table = new Table("ID", "VERSION", "INSTALLED", "SITES", "LICENCE", "DESCRIPTION");
    int count = 0;
    for (var found : indexes.all()) {
      var plugin = found.plugin();
      if (!plugin.matches(word)) {
        continue;
      }
      count++;
      if (json) {
        io.out().println(IndexedJson.of(found, installed.get(plugin.id())));
      } else {
        table.row(
            plugin.id(),
            plugin.newest().map(IndexedRelease::version).orElse("none that fits"),
            installed.getOrDefault(plugin.id(), "-"),
            String.join(", ", plugin.sites()),
            plugin.licence().isEmpty() ? "-" : plugin.licence(),
            plugin.description());
      }
    }
    if (!json && count > 0) {
      table.print(io.out());
    } else if (count == 0 && indexes.exitCode() == ExitCode.OK) {
      complain("No plugin of the indexes has \"" + word + "\" in its id or description.");
    }
    return indexes.exitCode();
  }
}
