package io.longline.host.cli;

import io.longline.host.event.ShellWord;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginLock;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins pin} and {@code unpin}: whether upgrading leaves a plugin as it is. */
@Command(mixinStandardHelpOptions = true)
final class PluginPinCommand extends TrustCommand {

  private final boolean isPinning;

  @Parameters(paramLabel = "ID", description = "The plugin.")
  private String id = "";

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  private PluginPinCommand(CommandIo io, boolean isPinning) {
    super(io);
    this.isPinning = isPinning;
  }

  static CommandLine commandLine(CommandIo io, boolean isPinning) {
    var command = new CommandLine(new PluginPinCommand(io, isPinning));
    var spec = command.getCommandSpec().name(isPinning ? "pin" : "unpin");
    spec.usageMessage()
        .description(
            isPinning
                ? "Has plugins upgrade leave a plugin at the version that is installed."
                : "Has plugins upgrade take a plugin to its newest version again.");
    return command;
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    if (PluginLock.in(folder.path()).of(id).isEmpty()) {
      complain(
          "There is no plugin %s in %s. If its jar is in the folder: longline plugins lock %s --plugins %s"
              .formatted(
                  id,
                  folder.path().resolve(PluginLock.FILE),
                  ShellWord.of(id),
                  ShellWord.of(folder.path().toString())));
      return ExitCode.USAGE;
    }
    var lock = PluginLock.change(folder.path(), this::changed);
    var entry = lock.of(id).orElseThrow();
    io.out()
        .println(
            json
                ? LockedText.json(entry)
                : (isPinning
                        ? "%s is pinned: plugins upgrade leaves it at %s"
                        : "%s is no longer pinned; it has version %s")
                    .formatted(entry.id(), entry.version()));
    return ExitCode.OK;
  }

  private PluginLock changed(PluginLock lock) {
    var changed = lock;
    for (var each : lock.plugins()) {
      if (each.isOf(id)) {
        changed = changed.with(each.pinned(isPinning));
      }
    }
    return changed;
  }
}
