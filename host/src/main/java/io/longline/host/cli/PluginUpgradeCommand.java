package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.index.IndexedRelease;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.plugins.PluginInstallation;
import io.longline.host.plugins.Versions;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.LockedPlugin;
import io.longline.host.trust.PluginLock;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longline plugins outdated} and {@code upgrade}: plugins of which an index has a newer
 * version.
 */
@Command(mixinStandardHelpOptions = true)
final class PluginUpgradeCommand extends IndexCommand {

  private final boolean isUpgrading;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Only these plugins.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "Print one JSON object per line for each plugin.")
  private boolean json;

  private PluginUpgradeCommand(CommandIo io, boolean isUpgrading) {
    super(io);
    this.isUpgrading = isUpgrading;
  }

  static CommandLine commandLine(CommandIo io, boolean isUpgrading) {
    var command = new CommandLine(new PluginUpgradeCommand(io, isUpgrading));
    command
        .getCommandSpec()
        .name(isUpgrading ? "upgrade" : "outdated")
        .usageMessage()
        .description(
            isUpgrading
                ? "Installs the newest version of each plugin of which an index has a newer one, but of those that are pinned."
                : "Lists the plugins of which an index has a newer version.");
    return command;
  }

  /** A plugin that is not the newest. */
  private record Outdated(
      OpenIndexes.Found found, IndexedRelease newest, String installed, boolean isPinned) {}

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    var indexes = open(folder, trust, reader);
    var installed = PluginSearchCommand.installed(folder);
    int code = indexes.exitCode();
    for (var id : ids) {
      if (!installed.containsKey(id)) {
        complain("There is no plugin " + id + " in " + folder.path() + ".");
        code = Math.max(code, ExitCode.USAGE);
      }
    }
    var lock = PluginLock.in(folder.path());
    var outdated = new ArrayList<Outdated>();
    installed.forEach(
        (id, version) -> {
          if (ids.isEmpty() || ids.stream().anyMatch(id::equalsIgnoreCase)) {
            var newer = newer(indexes.find(id), version, lock);
            if (newer != null) {
              outdated.add(newer);
            }
          }
        });
    if (!isUpgrading) {
      print(outdated);
      return code;
    }
    return Math.max(code, upgrade(outdated, folder, trust));
  }

  /** The newest version in an index; null if it is not newer than the one that is installed. */
  private static @Nullable Outdated newer(
      OpenIndexes.@Nullable Found found, String installed, PluginLock lock) {
    if (found == null) {
      return null;
    }
    boolean isPinned = lock.of(found.plugin().id()).map(LockedPlugin::isPinned).orElse(false);
    return found
        .plugin()
        .newest()
        .filter(newest -> Versions.compare(newest.version(), installed) > 0)
        .map(newest -> new Outdated(found, newest, installed, isPinned))
        .orElse(null);
  }

  private void print(List<Outdated> outdated) {
    var table = new Table("ID", "INSTALLED", "NEWEST", "PINNED", "INDEX");
    for (var each : outdated) {
      if (json) {
        io.out().println(json(each));
      }
      table.row(
          each.found().plugin().id(),
          each.installed(),
          each.newest().version(),
          each.isPinned() ? "yes" : "no",
          each.found().index().name());
    }
    if (!json && !outdated.isEmpty()) {
      table.print(io.out());
    }
  }

  private static String json(Outdated each) {
    return EventJson.object(
        "outdated",
        out -> {
          out.writeStringField("id", each.found().plugin().id());
          out.writeStringField("installed", each.installed());
          out.writeStringField("newest", each.newest().version());
          out.writeBooleanField("pinned", each.isPinned());
          out.writeStringField("index", each.found().index().name());
        });
  }

  private int upgrade(List<Outdated> outdated, PluginFolder folder, PluginTrust trust)
      throws IOException {
    var installation = new PluginInstallation(folder, trust.in(folder.path()), Clock.systemUTC());
    var installer = new JarInstaller(io, installation, this::complain, json, false);
    int code = ExitCode.OK;
    for (var each : outdated) {
      if (each.isPinned()) {
        complain(
            "%s is pinned at %s; there is %s."
                .formatted(each.found().plugin().id(), each.installed(), each.newest().version()));
        continue;
      }
      try {
        code = Math.max(code, each.found().install(installer, each.newest()));
      } catch (IOException e) {
        complain(String.valueOf(e.getMessage()));
        code = Math.max(code, ExitCode.PROBLEMS);
      }
    }
    return code;
  }
}
