package io.longline.host.settings;

import io.longline.zeek.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds keys in a settings file that are not settings. Immutable. */
final class UnknownKeys {

  private static final String PLUGINS = TomlContent.PLUGINS + ".";
  private static final String OWN = TomlContent.OWN + ".";

  private final SettingsLayout layout;

  UnknownKeys(SettingsLayout layout) {
    this.layout = layout;
  }

  /** A sentence for each, with its line, and the nearest known key. */
  List<String> in(TomlContent content) {
    var problems = new ArrayList<String>();
    content.values().forEach((key, value) -> check(key, value, content.plugins(), problems));
    content
        .repeated()
        .forEach((name, tables) -> tables.forEach(table -> checkTable(name, table, problems)));
    return problems;
  }

  private void check(
      String key, WrittenValue value, Map<String, String> plugins, List<String> problems) {
    if (layout.keys().contains(key)) {
      return;
    }
    if (key.startsWith(PLUGINS)) {
      checkOfPlugin(key, value, plugins.keySet(), problems);
    } else if (layout.repeated().keySet().stream()
        .anyMatch(name -> (key + ".").startsWith(name + "."))) {
      problems.add(
          "%s: %s is not written like this; write a table [[%s]] for each."
              .formatted(value.place(), key, String.join("]] or [[", layout.repeated().keySet())));
    } else {
      check(key, value, layout.keys(), problems);
    }
  }

  private void checkOfPlugin(
      String key, WrittenValue value, Set<String> plugins, List<String> problems) {
    var setting = layout.keys().stream().filter(each -> key.startsWith(each + ".")).findFirst();
    if (setting.isPresent()) {
      problems.add(
          "%s: %s is a setting of the host, and no plugin has this id; write %s = and its value."
              .formatted(value.place(), setting.get(), setting.get()));
      return;
    }
    // The longest, since an id may have dots.
    plugins.stream()
        .map(id -> PLUGINS + id + ".")
        .filter(key::startsWith)
        .max(Comparator.comparingInt(String::length))
        .map(section -> key.substring(section.length()))
        .filter(name -> !name.startsWith(OWN) && !layout.pluginKeys().contains(name))
        .ifPresent(
            name ->
                problems.add(
                    "%s: there is no setting %s that every plugin has.%s A setting that a plugin declares itself goes into [plugins.ID.settings]."
                        .formatted(
                            value.place(), name, NearestName.question(name, layout.pluginKeys()))));
    if (plugins.contains(key.substring(PLUGINS.length()))) {
      problems.add(
          "%s is not a section; write [%s] and the settings below it.%s"
              .formatted(value.where(), key, NearestName.question(key, layout.keys())));
    }
  }

  private void checkTable(String name, Map<String, WrittenValue> table, List<String> problems) {
    var known = layout.repeated().get(name);
    table.forEach(
        (key, value) -> {
          if (known == null) {
            check(name, value, layout.repeated().keySet(), problems);
          } else {
            check(key, value, known, problems);
          }
        });
  }

  private static void check(
      String key, WrittenValue value, Collection<String> known, List<String> problems) {
    if (!known.contains(key)) {
      problems.add(value.place() + ": there is no setting " + key + "." + hint(key, known));
    }
  }

  private static String hint(String key, Collection<String> known) {
    var last = key.substring(key.lastIndexOf('.') + 1);
    return key.contains(".") && known.contains(last)
        ? " It goes above the first [section]."
        : NearestName.question(key, known);
  }
}
