package io.longline.host.configuration;

import io.longline.host.settings.SettingDefault;
import io.longline.host.settings.SettingSpec;
import java.util.ArrayList;
import java.util.List;

/** The page of the documentation that lists the settings, made from their declarations. */
public final class ConfigurationPage {

  private ConfigurationPage() {}

  /** The page, in Markdown. */
  public static String text() {
    var lines = new ArrayList<String>();
    lines.add("# Configuration");
    lines.add("");
    lines.add(
        "This page is made by `longline config --markdown` from the declarations that the settings are checked by; a test keeps it true.");
    lines.add("");
    lines.add(
        "A flag counts more than an environment variable, that more than the settings file, that more than the default. The settings file is `--config FILE`, else `$LONGLINE_CONFIG`, else `longline/longline.toml` in `$XDG_CONFIG_HOME` (`~/.config`); it is [TOML](https://toml.io). Relative paths in it start at its folder. `longline config` shows each value and where it comes from; `longline config check FILE` looks a file over, with the sections of the plugins that are installed.");
    lines.add("");
    lines.addAll(example());
    lines.add("");
    lines.add("## Host");
    lines.add("");
    lines.add(
        "At the top of the file. Every key can also be given as `--set KEY=VALUE`. A text stands in quotes, also a path and a duration (`\"500ms\"`, `\"30s\"`, `\"5m\"`, `\"12h\"`, `\"90d\"`); a list in brackets, in a flag or a variable with commas (`--root` is given once for each). `lease` and what begins with `watch.` is for `longline watch`; the other commands only check it.");
    lines.add("");
    table(lines, DeclaredSettings.OF_WATCH, true);
    lines.add("");
    lines.add("## Folders to watch");
    lines.add("");
    lines.add(
        "A table `[["
            + RootTable.NAME
            + "]]` for each; `longline watch` without folders watches these, and with a folder that is among them goes by what its table says.");
    lines.add("");
    table(lines, RootTable.SETTINGS, false);
    lines.add("");
    lines.add("## Plugins");
    lines.add("");
    lines.add("In the section `[plugins.ID]`, for any plugin:");
    lines.add("");
    table(lines, PluginSection.SETTINGS, false);
    lines.add("");
    lines.add(
        "In the section `[plugins.ID.settings]` are the settings that the plugin declares itself: `longline plugins ID` lists them. They are checked before the host starts work. The environment variable of a key is `LONGLINE_` and the whole key in capitals, with `_` for what is no letter or digit: `LONGLINE_PLUGINS_EXTRACTED_FILES_SETTINGS_PACK_DAYS`. A section of a plugin that is not there is told and has no effect.");
    lines.add("");
    lines.add(
        "A secret is never written into the file itself: `api-key = { env = \"NAME\" }` takes it from an environment variable of the host, `api-key = { file = \"PATH\" }` from a file. It is shown nowhere; in what hooks fail with, remark and log it is replaced by `(secret)`.");
    lines.add("");
    return String.join("\n", lines);
  }

  private static List<String> example() {
    return """
        ```toml
        output = "/var/lib/longline/output"
        workers = 4

        [watch]
        ready = "close"
        keep = "90d"

        [[watch.roots]]
        path = "/opt/zeek/logs"

        [[watch.roots]]
        path = "/srv/pcaps"
        ready = "marker:done"
        names = "trace-*"

        [plugins.extracted-files]
        max-attempts = 5

        [plugins.extracted-files.settings]
        pack-days = true
        ```"""
        .lines()
        .toList();
  }

  private static void table(List<String> lines, List<SettingSpec<?>> settings, boolean isOfHost) {
    lines.add(
        isOfHost
            ? "| key | flag | variable | value | default | what it does |"
            : "| key | value | default | what it does |");
    lines.add(isOfHost ? "|---|---|---|---|---|---|" : "|---|---|---|---|");
    for (var setting : settings) {
      var flag = setting.flag().map(SettingSpec.Flag::name).orElse("");
      var names = isOfHost ? " | `" + flag + "` | " + variables(setting) : "";
      lines.add(
          "| `%s`%s | %s | %s | %s |"
              .formatted(
                  setting.key(),
                  names,
                  setting.type().expected().replace("|", "\\|"),
                  byDefault(setting),
                  setting.description()));
    }
  }

  private static String variables(SettingSpec<?> setting) {
    var all = new ArrayList<String>();
    all.add("`" + setting.variable() + "`");
    setting.otherVariables().forEach(name -> all.add("`" + name + "`"));
    return String.join(", ", all);
  }

  private static String byDefault(SettingSpec<?> setting) {
    return setting.defaultValue() instanceof SettingDefault.Text value
        ? "`" + value.text() + "`"
        : setting.defaultValue().forPeople();
  }
}
