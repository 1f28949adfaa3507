package io.longline.host.settings;

import io.longline.host.settings.WrittenValue.Form;
import io.longline.host.settings.WrittenValue.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where people write settings. A flag counts more than an environment variable, and that more than
 * the settings file. Immutable.
 */
public final class SettingSources {

  private final Map<String, Flag> flags;
  private final Map<String, String> environment;
  private final @Nullable SettingsFile file;
  private final boolean isFileAlone;

  /** What another process has found out, by key. */
  private final Map<String, WrittenValue> written;

  /**
   * What was given with a flag.
   *
   * @param name the flag
   * @param texts its values
   */
  public record Flag(String name, List<String> texts) {}

  /**
   * Sources.
   *
   * @param flags what was given with flags, by the keys of the settings
   * @param environment the environment variables
   * @param file the settings file; null if there is none
   */
  public SettingSources(
      Map<String, Flag> flags, Map<String, String> environment, @Nullable SettingsFile file) {
    this(flags, environment, file, false, Map.of());
  }

  private SettingSources(
      Map<String, Flag> flags,
      Map<String, String> environment,
      @Nullable SettingsFile file,
      boolean isFileAlone,
      Map<String, WrittenValue> written) {
    this.written = Map.copyOf(written);
    this.isFileAlone = isFileAlone;
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
    this.file = file;
  }

  /** A settings file alone; the environment is for the secrets that it says are there. */
  public static SettingSources fileAlone(SettingsFile file, Map<String, String> environment) {
    return new SettingSources(Map.of(), environment, file, true, Map.of());
  }

  /**
   * What another process has found, for the settings in a section.
   *
   * @param written the values by key; relative to nothing
   * @param environment for variables, and for secrets that are there
   */
  public static SettingSources found(
      Map<String, WrittenValue> written, Map<String, String> environment) {
    return new SettingSources(Map.of(), environment, null, false, written);
  }

  /** What was written for settings in this section, other than by variables. */
  public Map<String, WrittenValue> in(String section) {
    var found = new LinkedHashMap<String, WrittenValue>();
    if (file != null) {
      for (var key : file.keys(section)) {
        var value = file.value(section + "." + key);
        if (value != null) {
          found.put(section + "." + key, value);
        }
      }
    }
    flags.forEach(
        (key, flag) -> {
          if (key.startsWith(section + ".")) {
            found.put(
                key,
                new WrittenValue(Form.ANY, flag.texts(), Source.FLAG, flag.name(), Path.of("")));
          }
        });
    return found;
  }

  /** Nobody has written anything. */
  public static SettingSources none() {
    return new SettingSources(Map.of(), Map.of(), null);
  }

  /** The settings file; null if there is none. */
  public @Nullable SettingsFile file() {
    return file;
  }

  /** The environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The names of the environment variables that count. */
  public Set<String> variables() {
    return isFileAlone ? Set.of() : environment.keySet();
  }

  /** The keys that were given with flags. */
  public Set<String> flagKeys() {
    return flags.keySet();
  }

  /** What was written for a setting, by whom it counts; null if nobody has. */
  public @Nullable WrittenValue find(SettingSpec<?> setting) {
    var known = written.get(setting.key());
    if (known != null && known.source() == Source.FLAG) {
      return known;
    }
    var here = Path.of("");
    var flag = flags.get(setting.key());
    if (flag != null) {
      return new WrittenValue(Form.ANY, flag.texts(), Source.FLAG, flag.name(), here);
    }
    for (var variable : isFileAlone ? List.<String>of() : variables(setting)) {
      var text = environment.get(variable);
      if (text != null && !text.isBlank()) {
        return new WrittenValue(Form.ANY, List.of(text), Source.ENVIRONMENT, variable, here);
      }
    }
    return file == null ? known : file.value(setting.key());
  }

  private static List<String> variables(SettingSpec<?> setting) {
    var all = new java.util.ArrayList<String>();
    all.add(setting.variable());
    all.addAll(setting.otherVariables());
    return all;
  }
}
