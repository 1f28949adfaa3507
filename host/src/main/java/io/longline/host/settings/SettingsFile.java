package io.longline.host.settings;

import io.longline.host.settings.WrittenValue.Form;
import io.longline.host.settings.WrittenValue.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * A settings file, in TOML: settings at the top and in sections, tables that are repeated, and a
 * section for each plugin. Immutable.
 */
public final class SettingsFile {

  private static final String PLUGINS = "plugins";
  private static final String OWN = "settings";

  private final Path path;
  private final Map<String, WrittenValue> values = new LinkedHashMap<>();
  private final Map<String, List<Map<String, WrittenValue>>> repeated = new LinkedHashMap<>();
  private final Map<String, String> plugins = new LinkedHashMap<>();

  private SettingsFile(Path path) {
    this.path = path;
  }

  /**
   * What a settings file may hold.
   *
   * @param keys the keys at the top and in sections, with dots
   * @param repeated the keys of each table that is repeated, by the name of the table
   * @param pluginKeys the keys in each plugin's section; what is in its section {@code settings} is
   *     the plugin's business
   */
  public record Layout(
      Set<String> keys, Map<String, Set<String>> repeated, Set<String> pluginKeys) {}

  /**
   * Reads a file.
   *
   * @throws SettingsException if it cannot be read, is no TOML, or has a key that is unknown
   */
  public static SettingsFile read(Path path, Layout layout) throws SettingsException {
    var file = new SettingsFile(path.toAbsolutePath().normalize());
    try {
      var text = Files.readString(path);
      // Editors of some systems put a mark before the text.
      var parsed = Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
      if (parsed.hasErrors()) {
        throw new SettingsException(
            parsed.errors().stream()
                .map(
                    error ->
                        "%s:%d: %s"
                            .formatted(path, error.position().line(), sentence(error.getMessage())))
                .toList());
      }
      file.take(parsed, List.of());
    } catch (CharacterCodingException e) {
      throw new SettingsException(List.of("The settings file " + path + " is not in UTF-8."));
    } catch (NoSuchFileException e) {
      throw new SettingsException(List.of("There is no settings file " + path + "."));
    } catch (IOException e) {
      throw new SettingsException(
          List.of(
              "The settings file "
                  + path
                  + (Files.isDirectory(path)
                      ? " is a folder."
                      : " cannot be read: " + e.getMessage() + ".")));
    }
    var problems = file.unknown(layout);
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return file;
  }

  private static String sentence(@Nullable String message) {
    var text = String.valueOf(message);
    return text.endsWith(".") ? text : text + ".";
  }

  private void take(TomlTable table, List<String> path) {
    for (var name : table.keySet()) {
      var below = append(path, name);
      var value = Objects.requireNonNull(table.get(List.of(name)));
      boolean isPlugin = below.size() == 2 && below.get(0).equals(PLUGINS);
      if (isPlugin) {
        plugins.put(name, place(table, name));
      }
      boolean isOwn = path.size() == 3 && isSection(path);
      if (value instanceof TomlTable inner && !isOwn && (isSection(below) || !isInline(inner))) {
        take(inner, below);
      } else if (value instanceof TomlArray array
          && !array.isEmpty()
          && array.toList().stream().allMatch(TomlTable.class::isInstance)) {
        repeated.put(String.join(".", below), tables(array, name));
      } else {
        values.put(String.join(".", below), written(table, name, value));
      }
    }
  }

  /** Whether a table at this place is a section in any case, and no value in braces. */
  private static boolean isSection(List<String> path) {
    return path.get(0).equals(PLUGINS)
        && (path.size() <= 2 || path.size() == 3 && path.get(2).equals(OWN));
  }

  /** Whether a table says where a value is. */
  private static boolean isInline(TomlTable table) {
    return table.size() == 1 && (table.contains("env") || table.contains("file"));
  }

  private static List<String> append(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private List<Map<String, WrittenValue>> tables(TomlArray array, String name) {
    var tables = new ArrayList<Map<String, WrittenValue>>();
    for (int i = 0; i < array.size(); i++) {
      var values = new LinkedHashMap<String, WrittenValue>();
      var table = array.getTable(i);
      for (var key : table.keySet()) {
        values.put(key, written(table, key, Objects.requireNonNull(table.get(List.of(key)))));
      }
      if (values.isEmpty()) {
        values.put(
            "",
            new WrittenValue(
                Form.OTHER, List.of(""), Source.FILE, place(array, i) + ": " + name, path));
      }
      tables.add(values);
    }
    return tables;
  }

  private WrittenValue written(TomlTable table, String name, Object value) {
    Form form;
    List<String> texts;
    if (value instanceof TomlArray array) {
      form = array.toList().stream().allMatch(String.class::isInstance) ? Form.LIST : Form.OTHER;
      texts = array.toList().stream().map(String::valueOf).toList();
    } else if (value instanceof TomlTable inner) {
      form = Form.TABLE;
      texts =
          inner.keySet().stream()
              .flatMap(key -> List.of(key, String.valueOf(inner.get(List.of(key)))).stream())
              .toList();
    } else {
      form =
          value instanceof String
              ? Form.TEXT
              : value instanceof Long
                  ? Form.WHOLE
                  : value instanceof Double
                      ? Form.DECIMAL
                      : value instanceof Boolean ? Form.FLAG : Form.OTHER;
      texts = List.of(value.toString());
    }
    return new WrittenValue(
        form,
        texts,
        Source.FILE,
        place(table, name) + ": " + name,
        Objects.requireNonNullElse(path.getParent(), path));
  }

  private String place(TomlArray array, int index) {
    return path + ":" + array.inputPositionOf(index).line();
  }

  private String place(TomlTable table, String name) {
    var position = table.inputPositionOf(List.of(name));
    return path + (position == null ? "" : ":" + position.line());
  }

  private List<String> unknown(Layout layout) {
    var problems = new ArrayList<String>();
    for (var entry : values.entrySet()) {
      var key = entry.getKey();
      if (key.startsWith(PLUGINS + ".")) {
        plugins.keySet().stream()
            .map(id -> PLUGINS + "." + id + ".")
            .filter(key::startsWith)
            .max(Comparator.comparingInt(String::length))
            .map(section -> key.substring(section.length()))
            .filter(rest -> !rest.startsWith(OWN + "."))
            .ifPresentOrElse(
                rest -> checkOfPlugin(entry.getValue(), rest, layout.pluginKeys(), problems),
                () -> {});
        if (plugins.containsKey(key.substring(PLUGINS.length() + 1))) {
          problems.add(
              entry.getValue().where()
                  + " is no section; write ["
                  + key
                  + "] and the settings below it.");
        }
      } else if (layout.repeated().keySet().stream()
          .anyMatch(name -> (key + ".").startsWith(name + "."))) {
        problems.add(
            entry.getValue().place()
                + ": "
                + key
                + " is not how these are written; write a table [["
                + String.join("]] or [[", layout.repeated().keySet())
                + "]] for each.");
      } else {
        check(entry.getValue(), key, layout.keys(), problems);
      }
    }
    for (var entry : repeated.entrySet()) {
      var known = layout.repeated().get(entry.getKey());
      for (var table : entry.getValue()) {
        table.forEach(
            (key, value) ->
                check(
                    value,
                    known == null ? entry.getKey() : key,
                    known == null ? layout.repeated().keySet() : known,
                    problems));
      }
    }
    return problems;
  }

  private static void checkOfPlugin(
      WrittenValue value, String key, Collection<String> known, List<String> problems) {
    if (!known.contains(key)) {
      problems.add(
          value.place()
              + ": there is no setting "
              + key
              + " of all plugins."
              + NearestName.question(key, known)
              + " What a plugin declares itself stands in [plugins.ID.settings].");
    }
  }

  private static void check(
      WrittenValue value, String key, Collection<String> known, List<String> problems) {
    if (!known.contains(key)) {
      problems.add(value.place() + ": there is no setting " + key + "." + hint(key, known));
    }
  }

  private static String hint(String key, Collection<String> known) {
    var last = key.substring(key.lastIndexOf('.') + 1);
    return key.contains(".") && known.contains(last)
        ? " It stands above the first [section]."
        : NearestName.question(key, known);
  }

  /** Where it is, absolute. */
  public Path path() {
    return path;
  }

  /** What was written for a key; null if nothing was. */
  @Nullable WrittenValue value(String key) {
    return values.get(key);
  }

  /** The keys in a section, without its name. */
  public Set<String> keys(String section) {
    var keys = new java.util.LinkedHashSet<String>();
    for (var key : values.keySet()) {
      if (key.startsWith(section + ".")) {
        keys.add(key.substring(section.length() + 1));
      }
    }
    return keys;
  }

  /** The line where a key is, with the file. */
  public String placeOf(String key) {
    var value = values.get(key);
    return value == null ? path.toString() : value.place();
  }

  /** The tables of this name, each with what was written for its keys. */
  public List<Map<String, WrittenValue>> tables(String name) {
    return repeated.getOrDefault(name, List.of());
  }

  /** The plugins that have a section, with where it is. */
  public Map<String, String> plugins() {
    return plugins;
  }
}
