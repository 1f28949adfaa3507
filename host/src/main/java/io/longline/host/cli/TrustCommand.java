package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.TrustSettings;
import io.longline.host.event.ShellWord;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingsException;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.util.List;

/** A command that needs the plugins folder, and which of its jars are trusted. */
abstract class TrustCommand extends SettingsCommand {

  static final List<SettingSpec<?>> SETTINGS =
      List.of(DeclaredSettings.PLUGINS, DeclaredSettings.TRUST, DeclaredSettings.KEYS);

  private final List<SettingSpec<?>> settings;

  TrustCommand(CommandIo io) {
    this(io, SETTINGS);
  }

  TrustCommand(CommandIo io, List<SettingSpec<?>> settings) {
    super(io, settings);
    this.settings = settings;
  }

  /** Does the work; returns the exit code. */
  abstract int run(PluginFolder folder, PluginTrust trust, SettingReader reader)
      throws IOException, InterruptedException;

  /** The options with values that were given, each with a blank before it, for another command. */
  final String givenOptions() {
    var options = new StringBuilder();
    for (var option : spec.commandLine().getParseResult().matchedOptions()) {
      if (option.arity().max() > 0) {
        for (var value : option.originalStringValues()) {
          options.append(' ').append(option.longestName()).append(' ').append(ShellWord.of(value));
        }
      }
    }
    return options.toString();
  }

  @Override
  final int run(SettingSources sources) throws SettingsException, InterruptedException {
    var reader = new SettingReader(sources);
    var folder = new PluginFolder(reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins()));
    var trust = TrustSettings.read(reader);
    settings.forEach(reader::find);
    reader.check();
    try {
      return run(folder, trust, reader);
    } catch (IOException e) {
      complain(e.getMessage() == null ? e.toString() : e.getMessage());
      return ExitCode.REFUSED;
    } finally {
      io.out().flush();
    }
  }
}
