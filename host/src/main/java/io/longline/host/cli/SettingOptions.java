package io.longline.host.cli;

import io.longline.host.configuration.ConfigurationFile;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingsException;
import io.longline.host.settings.SettingsFile;
import io.longline.host.settings.WrittenValue;
import io.longline.zeek.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options for declared settings, and what a user has set with them and elsewhere. */
final class SettingOptions {

  private static final String CONFIG = "--config";
  private static final String SET = "--set";
  private static final String CONFIG_VARIABLE = "LONGLINE_CONFIG";

  private final List<SettingSpec<?>> settings;

  SettingOptions(List<SettingSpec<?>> settings) {
    this.settings = settings;
  }

  /** Gives a command its options. */
  void addTo(CommandSpec command) {
    command.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(String.class)
            .description(
                "The settings file (default: $LONGLINE_CONFIG, else longline/longline.toml in $XDG_CONFIG_HOME).")
            .build());
    command.addOption(
        OptionSpec.builder(SET)
            .paramLabel("KEY=VALUE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("A setting as in the settings file, such as plugins.ID.max-attempts=5.")
            .build());
    for (var setting : settings) {
      setting.flag().ifPresent(flag -> command.addOption(option(setting, flag)));
    }
  }

  private static OptionSpec option(SettingSpec<?> setting, SettingSpec.Flag flag) {
    var builder = OptionSpec.builder(flag.name());
    if (flag.isSwitch()) {
      return builder
          .type(Boolean.class)
          .arity("0")
          .negatable(true)
          .description(setting.description())
          .build();
    }
    // picocli reports an option that is given twice without being a list.
    boolean isList = setting.type().isList();
    builder.paramLabel(flag.label()).type(isList ? List.class : String.class);
    if (isList) {
      builder.auxiliaryTypes(String.class);
    }
    return builder
        .description(
            setting.description() + " (default: " + setting.defaultValue().forPeople() + ")")
        .build();
  }

  /**
   * Where the values come from.
   *
   * @throws SettingsException if the settings file is wrong
   */
  SettingSources sources(CommandIo io, CommandSpec command) throws SettingsException {
    return new SettingSources(flags(command), io.environment(), file(io, command));
  }

  private Map<String, WrittenValue> flags(CommandSpec command) {
    var flags = new LinkedHashMap<String, WrittenValue>();
    for (var text : texts(command, SET)) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new CommandLine.ParameterException(
            command.commandLine(), SET + " is \"" + text + "\"; write KEY=VALUE.");
      }
      var key = text.substring(0, equals);
      var known = DeclaredSettings.OF_WATCH.stream().map(SettingSpec::key).toList();
      if (!key.startsWith("plugins.") && !known.contains(key)) {
        throw new CommandLine.ParameterException(
            command.commandLine(),
            "%s %s: there is no such setting.%s See longline config."
                .formatted(SET, key, NearestName.question(key, known)));
      }
      flags.put(key, WrittenValue.ofFlag(SET + " " + key, List.of(text.substring(equals + 1))));
    }
    for (var setting : settings) {
      for (var flag : setting.flag().stream().toList()) {
        var texts = texts(command, flag.name());
        if (!texts.isEmpty()) {
          flags.put(setting.key(), WrittenValue.ofFlag(flag.name(), texts));
        }
      }
    }
    return flags;
  }

  private static List<String> texts(CommandSpec command, String name) {
    var result = command.commandLine().getParseResult();
    if (!result.hasMatchedOption(name)) {
      return List.of();
    }
    Object value = result.matchedOptionValue(name, "");
    var texts = new ArrayList<String>();
    if (value instanceof List<?> list) {
      list.forEach(each -> texts.add(String.valueOf(each)));
    } else {
      texts.add(String.valueOf(value));
    }
    return texts;
  }

  private static @Nullable SettingsFile file(CommandIo io, CommandSpec command)
      throws SettingsException {
    var texts = texts(command, CONFIG);
    var variable = io.environment().getOrDefault(CONFIG_VARIABLE, "");
    var named = texts.isEmpty() ? variable : texts.get(0);
    if (!named.isBlank()) {
      return ConfigurationFile.read(Path.of(named));
    }
    var usual = usualFile(io);
    return usual != null && Files.exists(usual) ? ConfigurationFile.read(usual) : null;
  }

  /** A sentence for each environment variable that looks like a setting but is not one. */
  List<String> unknownVariables(CommandIo io) {
    var known =
        new TreeSet<>(List.of(CONFIG_VARIABLE, "LONGLINE_JAVA_OPTS", "LONGLINE_TEST_POSTGRES"));
    DeclaredSettings.OF_WATCH.forEach(setting -> known.add(setting.variable()));
    return io.environment().keySet().stream()
        .filter(name -> name.startsWith("LONGLINE_") && !known.contains(name))
        .filter(name -> !name.startsWith("LONGLINE_PLUGINS_"))
        .sorted()
        .map(
            name ->
                "The environment variable %s is not a setting.%s"
                    .formatted(name, NearestName.question(name, known)))
        .toList();
  }

  /** The settings file unless another is named; null if there is no home folder. */
  static @Nullable Path usualFile(CommandIo io) {
    var folder = io.environment().getOrDefault("XDG_CONFIG_HOME", "");
    var home = io.environment().getOrDefault("HOME", "");
    if (folder.isBlank() && home.isBlank()) {
      return null;
    }
    var base = folder.isBlank() ? Path.of(home, ".config") : Path.of(folder);
    return base.resolve("longline").resolve("longline.toml");
  }
}
