package io.longline.host.settings;

import io.longline.host.settings.WrittenValue.Form;
import io.longline.host.settings.WrittenValue.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** What is written in a settings file, in its order. Immutable after {@link #parse}. */
final class TomlContent {

  /** The section that contains the sections of plugins. */
  static final String PLUGINS = "plugins";

  /** In the section of a plugin, the section of the settings that the plugin declares. */
  static final String OWN = "settings";

  /** The parser may find one at each character. */
  private static final int MAX_ERRORS = 20;

  private final Path file;
  private final Map<String, WrittenValue> values = new LinkedHashMap<>();
  private final Map<String, List<Map<String, WrittenValue>>> repeated = new LinkedHashMap<>();
  private final Map<String, String> plugins = new LinkedHashMap<>();

  private TomlContent(Path file) {
    this.file = file;
  }

  /**
   * Parses the text of a file.
   *
   * @throws SettingsException if it is not TOML; each problem has its line
   */
  static TomlContent parse(Path path, String text) throws SettingsException {
    var excess = TomlLimits.find(text);
    if (excess != null) {
      throw new SettingsException(
          List.of("%s:%d: %s".formatted(path, excess.line(), excess.sentence())));
    }
    // Editors of some systems put a mark before the text.
    var parsed = Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
    if (parsed.hasErrors()) {
      throw new SettingsException(
          parsed.errors().stream()
              .limit(MAX_ERRORS)
              .map(
                  error ->
                      "%s:%d: %s"
                          .formatted(path, error.position().line(), sentence(error.getMessage())))
              .toList());
    }
    var content = new TomlContent(path.toAbsolutePath().normalize());
    content.take(parsed, List.of());
    return content;
  }

  private static String sentence(@Nullable String message) {
    var text = String.valueOf(message);
    return text.endsWith(".") ? text : text + ".";
  }

  /** The values at the top and in sections, by key with dots. */
  Map<String, WrittenValue> values() {
    return Collections.unmodifiableMap(values);
  }

  /** The tables that are repeated, by name; each has at least one value. */
  Map<String, List<Map<String, WrittenValue>>> repeated() {
    return Collections.unmodifiableMap(repeated);
  }

  /** Where the section of each plugin is, by the plugin's id. */
  Map<String, String> plugins() {
    return Collections.unmodifiableMap(plugins);
  }

  private void take(TomlTable table, List<String> path) {
    for (var name : table.keySet()) {
      var below = append(path, name);
      var value = Objects.requireNonNull(table.get(List.of(name)));
      if (below.size() == 2 && below.get(0).equals(PLUGINS)) {
        plugins.put(name, place(table, name));
      }
      boolean isOwn = path.size() == 3 && isSection(path);
      if (value instanceof TomlTable inner && !isOwn && (isSection(below) || !isInline(inner))) {
        take(inner, below);
      } else if (value instanceof TomlArray array && isOfTables(array)) {
        repeated.put(String.join(".", below), tables(array, name));
      } else {
        values.put(String.join(".", below), written(table, name, value));
      }
    }
  }

  private static List<String> append(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /** Whether a table at this place is a section in any case, and not a value in braces. */
  private static boolean isSection(List<String> path) {
    return path.get(0).equals(PLUGINS)
        && (path.size() <= 2 || path.size() == 3 && path.get(2).equals(OWN));
  }

  /** Whether a table says where a value is. */
  private static boolean isInline(TomlTable table) {
    return table.size() == 1 && (table.contains("env") || table.contains("file"));
  }

  private static boolean isOfTables(TomlArray array) {
    return !array.isEmpty() && array.toList().stream().allMatch(TomlTable.class::isInstance);
  }

  private List<Map<String, WrittenValue>> tables(TomlArray array, String name) {
    var tables = new ArrayList<Map<String, WrittenValue>>();
    for (int i = 0; i < array.size(); i++) {
      var table = array.getTable(i);
      var written = new LinkedHashMap<String, WrittenValue>();
      for (var key : table.keySet()) {
        written.put(key, written(table, key, Objects.requireNonNull(table.get(List.of(key)))));
      }
      if (written.isEmpty()) {
        var where = file + ":" + array.inputPositionOf(i).line() + ": " + name;
        written.put("", ofFile(Form.OTHER, List.of(""), where));
      }
      tables.add(written);
    }
    return tables;
  }

  private WrittenValue written(TomlTable table, String name, Object value) {
    return ofFile(form(value), texts(value), place(table, name) + ": " + name);
  }

  private static Form form(Object value) {
    if (value instanceof TomlArray array) {
      return array.toList().stream().allMatch(String.class::isInstance) ? Form.LIST : Form.OTHER;
    } else if (value instanceof TomlTable) {
      return Form.TABLE;
    } else if (value instanceof String) {
      return Form.TEXT;
    } else if (value instanceof Long) {
      return Form.WHOLE;
    } else if (value instanceof Double) {
      return Form.DECIMAL;
    }
    return value instanceof Boolean ? Form.FLAG : Form.OTHER;
  }

  private static List<String> texts(Object value) {
    if (value instanceof TomlArray array) {
      return array.toList().stream().map(String::valueOf).toList();
    }
    if (value instanceof TomlTable table) {
      return table.keySet().stream()
          .flatMap(key -> List.of(key, String.valueOf(table.get(List.of(key)))).stream())
          .toList();
    }
    return List.of(value.toString());
  }

  private WrittenValue ofFile(Form form, List<String> texts, String where) {
    var folder = Objects.requireNonNullElse(file.getParent(), file);
    return new WrittenValue(form, texts, Source.FILE, where, folder);
  }

  private String place(TomlTable table, String name) {
    var position = table.inputPositionOf(List.of(name));
    return file + (position == null ? "" : ":" + position.line());
  }
}
