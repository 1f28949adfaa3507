package io.longline.host.plugins;

import io.longline.host.plugins.PluginProblem.Code;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest of a jar, or else the name of its file, says of the plugin. Immutable.
 *
 * @param file the jar
 * @param attributes the main attributes of its manifest; empty if it has none
 */
record PluginManifest(Path file, Attributes attributes) {

  private static final int MAX_SHOWN = 80;

  /** The longest id and the longest version; together they make the name of a file. */
  private static final int MAX_NAME = 100;

  /** Longer requirements could be nested deeper than their parser can follow. */
  private static final int MAX_REQUIRES = 200;

  private static final int MAX_VALUE = 4_000;

  /** Names of settings in the section that has the sections of plugins. */
  private static final Set<String> RESERVED = Set.of("trust", "keys", "index");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern VERSIONED_NAME = Pattern.compile("(.+?)-(\\d[\\w.+-]*)");

  /**
   * The plugin's id, version and requirements.
   *
   * @throws PluginRejectedException if they cannot be used
   */
  JarPluginDescriptor descriptor() throws PluginRejectedException {
    var name = file.getFileName().toString().replaceFirst("(?i)\\.jar$", "");
    var id = attributes.getValue("Plugin-Id");
    var versioned = VERSIONED_NAME.matcher(name);
    boolean hasVersion = versioned.matches();
    var usedId = id != null ? id.strip() : hasVersion ? versioned.group(1) : name;
    checkId(usedId);
    var version = attributes.getValue("Plugin-Version");
    if (version == null || version.isBlank()) {
      version = versionInName(name, usedId);
    }
    checkVersion(usedId, version.strip());
    return new JarPluginDescriptor(
        usedId,
        version.strip(),
        value(usedId, "Plugin-Requires", MAX_REQUIRES),
        value(usedId, "Plugin-Dependencies", MAX_VALUE),
        value(usedId, "Plugin-Class", MAX_VALUE));
  }

  /** The version behind the id in a file's name, or else behind another name; empty without one. */
  private static String versionInName(String name, String id) {
    var rest = name.startsWith(id + "-") ? name.substring(id.length() + 1) : "";
    if (name.equals(id) || Versions.isVersion(rest)) {
      return rest;
    }
    var versioned = VERSIONED_NAME.matcher(name);
    return versioned.matches() ? versioned.group(2) : "";
  }

  private void checkId(String id) throws PluginRejectedException {
    if (!hasIdForm(id)) {
      throw rejected(
          file.getFileName().toString(),
          Code.BAD_MANIFEST,
          "The plugin id \"" + shown(id) + "\" cannot be used.",
          "Use only letters, digits, '.', '_' and '-' in Plugin-Id, %d at the most, and start it with a letter or a digit."
              .formatted(MAX_NAME));
    }
    if (!isId(id)) {
      throw rejected(
          file.getFileName().toString(),
          Code.BAD_MANIFEST,
          "The plugin id \"%s\" cannot be used: plugins.%s is a setting of the host."
              .formatted(id, id.toLowerCase(Locale.ROOT)),
          "Choose another Plugin-Id.");
    }
  }

  private static boolean hasIdForm(String id) {
    return id.length() <= MAX_NAME && ID.matcher(id).matches();
  }

  /** Whether a text can be the id of a plugin. */
  static boolean isId(String text) {
    return hasIdForm(text) && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Whether a text can be the version of a plugin. */
  static boolean isVersion(String text) {
    return text.length() <= MAX_NAME && Versions.isVersion(text);
  }

  private void checkVersion(String id, String version) throws PluginRejectedException {
    if (version.isEmpty()) {
      throw rejected(
          id,
          Code.NO_VERSION,
          "The plugin has no version: neither its manifest nor the name of its jar has one.",
          "Add a line such as Plugin-Version: 1.0.0 to the manifest, or name the jar %s-1.0.0.jar."
              .formatted(id));
    }
    if (!isVersion(version)) {
      throw rejected(
          id,
          Code.BAD_MANIFEST,
          "The plugin version \"" + shown(version) + "\" cannot be used.",
          "Start Plugin-Version with a digit, as in 1.0.0, and use only letters, digits, '.', '_', '+' and '-' in it, %d at the most."
              .formatted(MAX_NAME));
    }
  }

  private @Nullable String value(String id, String key, int limit) throws PluginRejectedException {
    var value = attributes.getValue(key);
    if (value != null && (value.length() > limit || !isPlain(value))) {
      throw rejected(
          id,
          Code.BAD_MANIFEST,
          key + " \"" + shown(value) + "\" cannot be used.",
          "Write at most %d characters that can be printed as %s.".formatted(limit, key));
    }
    return value;
  }

  private static boolean isPlain(String value) {
    return value
        .codePoints()
        .allMatch(c -> !Character.isISOControl(c) && !Character.isIdentifierIgnorable(c));
  }

  private PluginRejectedException rejected(
      String plugin, Code code, String sentence, String remedy) {
    return new PluginRejectedException(new PluginProblem(code, file, plugin, sentence, remedy));
  }

  /** A value as a message has it, which may be of any length. */
  static String shown(String value) {
    return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
  }
}
