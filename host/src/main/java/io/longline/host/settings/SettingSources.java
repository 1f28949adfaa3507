package io.longline.host.settings;

import io.longline.host.settings.WrittenValue.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where people write settings. A flag takes precedence over an environment variable, and that over
 * the settings file. Immutable.
 */
public final class SettingSources {

  /** By key; what flags say, and in another process what this program has found in its file. */
  private final Map<String, WrittenValue> written;

  private final Map<String, String> environment;
  private final @Nullable SettingsFile file;
  private final boolean isFileAlone;

  /**
   * Sources.
   *
   * @param flags what was given with flags, by the keys of the settings
   * @param environment the environment variables
   * @param file the settings file; null if there is none
   */
  public SettingSources(
      Map<String, WrittenValue> flags,
      Map<String, String> environment,
      @Nullable SettingsFile file) {
    this(flags, environment, file, false);
  }

  private SettingSources(
      Map<String, WrittenValue> written,
      Map<String, String> environment,
      @Nullable SettingsFile file,
      boolean isFileAlone) {
    this.written = Map.copyOf(written);
    this.environment = Map.copyOf(environment);
    this.file = file;
    this.isFileAlone = isFileAlone;
  }

  /** Sources in which nobody has written anything. */
  public static SettingSources none() {
    return new SettingSources(Map.of(), Map.of(), null, false);
  }

  /** A settings file without flags and variables; secrets may still be in variables. */
  public static SettingSources fileAlone(SettingsFile file, Map<String, String> environment) {
    return new SettingSources(Map.of(), environment, file, true);
  }

  /**
   * Values that another process has found with {@link #in}.
   *
   * @param written the values, by key
   * @param environment for settings and secrets in variables
   */
  public static SettingSources found(
      Map<String, WrittenValue> written, Map<String, String> environment) {
    return new SettingSources(written, environment, null, false);
  }

  /** What was written for settings in this section, except by variables; by the whole key. */
  public Map<String, WrittenValue> in(String section) {
    var found = new LinkedHashMap<String, WrittenValue>();
    if (file != null) {
      for (var name : file.keys(section)) {
        var key = section + "." + name;
        var value = file.value(key);
        if (value != null) {
          found.put(key, value);
        }
      }
    }
    written.forEach(
        (key, value) -> {
          if (key.startsWith(section + ".")) {
            found.put(key, value);
          }
        });
    return found;
  }

  /** The settings file; null if there is none. */
  public @Nullable SettingsFile file() {
    return file;
  }

  /** The environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The environment variables that set something in a section, or hold a secret named there. */
  public Map<String, String> environmentOf(String section) {
    var secrets = new HashSet<String>();
    in(section).values().forEach(value -> secrets.add(value.table().getOrDefault("env", "")));
    var prefix = SettingSpec.variable(section + ".");
    var found = new HashMap<>(environment);
    found.keySet().removeIf(name -> !name.startsWith(prefix) && !secrets.contains(name));
    return found;
  }

  /** The names of the environment variables that can set something. */
  public Set<String> variables() {
    return isFileAlone ? Set.of() : environment.keySet();
  }

  /** What was written for a setting, by the source of the highest precedence; null if nothing. */
  public @Nullable WrittenValue find(SettingSpec<?> setting) {
    var known = written.get(setting.key());
    if (known != null && known.source() == Source.FLAG) {
      return known;
    }
    var byVariable = findVariable(setting);
    if (byVariable != null) {
      return byVariable;
    }
    return file == null ? known : file.value(setting.key());
  }

  private @Nullable WrittenValue findVariable(SettingSpec<?> setting) {
    if (isFileAlone) {
      return null;
    }
    var names =
        Stream.concat(Stream.of(setting.variable()), setting.otherVariables().stream()).toList();
    for (var name : names) {
      var text = environment.get(name);
      if (text != null && !text.isBlank()) {
        return WrittenValue.ofVariable(name, text);
      }
    }
    return null;
  }
}
