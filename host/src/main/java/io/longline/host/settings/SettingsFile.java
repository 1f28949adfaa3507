package io.longline.host.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A settings file, in TOML: settings at the top and in sections, tables that are repeated, and a
 * section for each plugin. Immutable.
 */
public final class SettingsFile {

  private final Path path;
  private final TomlContent content;
  private final SettingsLayout layout;

  private SettingsFile(Path path, TomlContent content, SettingsLayout layout) {
    this.path = path;
    this.content = content;
    this.layout = layout;
  }

  /**
   * Reads a file.
   *
   * @throws SettingsException if it cannot be read, is not TOML, or has an unknown key
   */
  public static SettingsFile read(Path path, SettingsLayout layout) throws SettingsException {
    var absolute = path.toAbsolutePath().normalize();
    var content = parse(path, text(path));
    var problems = new UnknownKeys(layout).in(content);
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new SettingsFile(absolute, content, layout);
  }

  private static TomlContent parse(Path path, String text) throws SettingsException {
    try {
      return TomlContent.parse(path, text);
    } catch (NoClassDefFoundError e) {
      throw problem(
          "The settings file "
              + path
              + " cannot be read: a class of its parser is missing ("
              + e.getMessage()
              + "). Add org.tomlj:tomlj to the class path.");
    }
  }

  private static String text(Path path) throws SettingsException {
    try {
      return read(path);
    } catch (CharacterCodingException e) {
      throw problem("The settings file " + path + " is not in UTF-8.");
    } catch (NoSuchFileException e) {
      throw problem("There is no settings file " + path + ".");
    } catch (IOException e) {
      throw problem("The settings file " + path + " cannot be used: " + e.getMessage() + ".");
    }
  }

  /** Does not follow a link at the last place, which somebody else may have put there. */
  private static String read(Path path) throws IOException, SettingsException {
    if (Files.isSymbolicLink(path) && Files.isRegularFile(path)) {
      throw problem(
          "The settings file "
              + path
              + " is a symbolic link, which is not followed. Name the file that it leads to: "
              + path.toRealPath()
              + ".");
    }
    return SmallFile.text(path, TomlLimits.MAX_BYTES, LinkOption.NOFOLLOW_LINKS);
  }

  private static SettingsException problem(String sentence) {
    return new SettingsException(List.of(sentence));
  }

  /** Where the file is; absolute. */
  public Path path() {
    return path;
  }

  /** What was written for a key; null if nothing was. */
  @Nullable WrittenValue value(String key) {
    return content.values().get(key);
  }

  /** The keys in a section, without its name. */
  public Set<String> keys(String section) {
    var keys = new LinkedHashSet<String>();
    for (var key : content.values().keySet()) {
      if (key.startsWith(section + ".")) {
        keys.add(key.substring(section.length() + 1));
      }
    }
    return keys;
  }

  /** The file, and the line that has a key if one does. */
  public String placeOf(String key) {
    var value = content.values().get(key);
    return value == null ? path.toString() : value.place();
  }

  /** The tables of this name, each with what was written for its keys; never empty ones. */
  public List<Map<String, WrittenValue>> tables(String name) {
    return content.repeated().getOrDefault(name, List.of());
  }

  /** The plugins that have a section, with the place of each. */
  public Map<String, String> plugins() {
    var plugins = new LinkedHashMap<>(content.plugins());
    plugins.keySet().removeIf(id -> layout.keys().contains(TomlContent.PLUGINS + "." + id));
    return plugins;
  }
}
