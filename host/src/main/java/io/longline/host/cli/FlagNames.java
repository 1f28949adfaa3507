package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.settings.SettingSpec;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Adds the flags of settings to a message. The host names a setting, as it is in a settings file;
 * who uses the commands is helped more by the flag.
 */
final class FlagNames {

  private static final Pattern SETTING = Pattern.compile("\\bthe setting ([a-z-]+)");

  private FlagNames() {}

  /** A message with the flag behind the name of each setting that has one. */
  static String addedTo(String message) {
    return SETTING.matcher(message).replaceAll(found -> found.group() + flag(found));
  }

  private static String flag(MatchResult found) {
    return DeclaredSettings.OF_WATCH.stream()
        .filter(setting -> setting.key().equals(found.group(1)))
        .flatMap(setting -> setting.flag().stream())
        .map(SettingSpec.Flag::name)
        .findFirst()
        .map(name -> " (" + name + ")")
        .orElse("");
  }
}
