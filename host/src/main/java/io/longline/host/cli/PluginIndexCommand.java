package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.event.ShellWord;
import io.longline.host.index.IndexedFolder;
import io.longline.host.settings.SettingSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins index}: makes the index of a folder of jars. */
@Command(
    name = "index",
    description =
        "Writes the index.json of a folder of jars, from which others can install them; sign it with minisign afterwards.",
    mixinStandardHelpOptions = true)
final class PluginIndexCommand extends SettingsCommand {

  @Parameters(paramLabel = "FOLDER", description = "The folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--valid",
      paramLabel = "DURATION",
      description = "How long the index may be used (default: for ever).")
  private @Nullable String valid;

  @Option(
      names = "--mirror",
      paramLabel = "ADDRESS",
      description = "Where the same jars are too; may be given several times.")
  private List<String> mirrors = List.of();

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  private PluginIndexCommand(CommandIo io) {
    super(io, List.of());
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginIndexCommand(io));
  }

  @Override
  int run(SettingSources sources) {
    var duration = valid == null ? null : duration("--valid", valid);
    if (!Files.isDirectory(folder)) {
      complain("There is no folder " + folder + ".");
      return ExitCode.USAGE;
    }
    try {
      var indexed = IndexedFolder.of(folder);
      indexed.problems().forEach(this::complain);
      var file = indexed.write(folder, Clock.systemUTC().instant(), duration, mirrors);
      print(indexed, file);
      return indexed.problems().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
    } catch (IOException e) {
      complain("The index of " + folder + " cannot be written: " + e.getMessage() + ".");
      return ExitCode.REFUSED;
    }
  }

  private void print(IndexedFolder indexed, Path file) {
    if (json) {
      io.out()
          .println(
              EventJson.object(
                  "index",
                  out -> {
                    out.writeStringField("file", file.toString());
                    out.writeNumberField("plugins", indexed.plugins());
                    out.writeNumberField("releases", indexed.releases());
                  }));
      return;
    }
    io.out()
        .printf(
            "Wrote %s (plugins: %d, jars: %d). To sign it: minisign -S -H -m %s%n",
            file, indexed.plugins(), indexed.releases(), ShellWord.of(file.toString()));
  }
}
