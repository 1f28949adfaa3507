package io.longline.host.configuration;

import static io.longline.host.settings.SettingSpec.setting;
import static io.longline.host.settings.SettingType.ofText;

import io.longline.host.intake.Readiness;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingType;
import io.longline.host.settings.SettingsFile;
import io.longline.host.settings.WrittenValue;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table {@code [[watch.roots]]} of a settings file: a folder to watch. Immutable.
 *
 * @param written what the file has in it, by key; at least one value
 */
public record RootTable(Map<String, WrittenValue> written) {

  /** The name of the tables of folders to watch. */
  public static final String NAME = "watch.roots";

  /** A folder to watch. */
  static final SettingSpec<Path> PATH =
      setting("path", SettingType.path()).says("The folder below which log directories appear.");

  /** When a directory below it is complete. */
  static final SettingSpec<Readiness> READY =
      setting("ready", ofText("quiet:60s, close, or marker:NAME", Readiness::parse))
          .otherwise("watch.ready")
          .says("When a directory below it is complete.");

  /** Which directories are log directories. */
  static final SettingSpec<PathMatcher> NAMES =
      setting(
              "names",
              ofText(
                  "a pattern for names, such as trace-*",
                  text -> FileSystems.getDefault().getPathMatcher("glob:" + text)))
          .otherwise("any")
          .says(
              "Only directories whose own name matches the pattern are log directories; the others are searched for such directories.");

  /** The settings of a table. */
  public static final List<SettingSpec<?>> SETTINGS = List.of(PATH, READY, NAMES);

  /** The tables of a file, in its order; none without a file. */
  public static List<RootTable> of(@Nullable SettingsFile file) {
    return file == null ? List.of() : file.tables(NAME).stream().map(RootTable::new).toList();
  }

  /** The folder; null if it is missing or wrong, which is reported. */
  public @Nullable Path path(SettingReader reader) {
    if (!written.containsKey(PATH.key())) {
      reader.problem(place() + ": this table [[" + NAME + "]] has no path.");
    }
    return value(PATH, reader);
  }

  /** When a directory below the folder is complete; null if the table does not say. */
  @Nullable Readiness readiness(SettingReader reader) {
    return value(READY, reader);
  }

  /** The names of log directories; null for any. */
  @Nullable PathMatcher names(SettingReader reader) {
    return value(NAMES, reader);
  }

  private <T> @Nullable T value(SettingSpec<T> setting, SettingReader reader) {
    return reader.value(setting, written.get(setting.key()));
  }

  /** Where the path is written, or else the table: file and line. */
  public String place() {
    var path = written.get(PATH.key());
    return path == null ? written.values().iterator().next().place() : path.place();
  }
}
