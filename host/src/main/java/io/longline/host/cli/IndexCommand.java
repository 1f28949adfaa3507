package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.index.PluginIndexes;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSpec;
import io.longline.host.trust.PluginTrust;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** A command that needs the indexes of plugins. */
abstract class IndexCommand extends TrustCommand {

  private static final List<SettingSpec<?>> WITH_INDEX =
      Stream.concat(TrustCommand.SETTINGS.stream(), Stream.of(DeclaredSettings.INDEX_OF_COMMAND))
          .toList();

  IndexCommand(CommandIo io) {
    super(io, WITH_INDEX);
  }

  /** Opens the indexes of the settings; one that cannot be used is reported. */
  final OpenIndexes open(PluginFolder folder, PluginTrust trust, SettingReader reader) {
    return OpenIndexes.open(
        reader.get(DeclaredSettings.INDEX, List.of()),
        new PluginIndexes(folder.path(), trust, Clock.systemUTC()),
        this::complain);
  }
}
