package io.longline.host.cli;

import io.longline.api.Hook;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.LedgerConfiguration;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values that settings have if nobody has written one and the program works it out, as far as
 * there is one value. Immutable.
 */
final class ComputedDefaults {

  private final SettingSources sources;
  private final Map<String, String> byKey = new HashMap<>();

  /** The values for {@code watch} with these sources. */
  ComputedDefaults(SettingSources sources, Path defaultPlugins) {
    this.sources = sources;
    byKey.put(DeclaredSettings.PLUGINS.key(), shown(defaultPlugins));
    byKey.put(
        DeclaredSettings.WORKERS.key(), String.valueOf(Runtime.getRuntime().availableProcessors()));
    byKey.put(DeclaredSettings.RETRY_DELAY.key(), "30s");
    // What is wrong with the ledger is reported by those who check.
    var ledger = LedgerConfiguration.readShared(new SettingReader(sources)).folder();
    if (ledger != null) {
      byKey.put(DeclaredSettings.STATE.key(), shown(ledger));
    }
  }

  static String shown(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** The value of a setting of the host; null if it has none. */
  @Nullable String of(SettingSpec<?> setting) {
    return byKey.get(setting.key());
  }

  /** The value of a setting of a folder to watch, given its key in the table. */
  @Nullable String ofRoot(String key) {
    return key.equals("ready") ? value(DeclaredSettings.READY) : key.equals("names") ? "*" : null;
  }

  /** The value of a setting of a plugin, given its key in the plugin's section. */
  @Nullable String ofPlugin(String key, InstalledPlugin plugin) {
    return switch (key) {
      case "max-attempts" -> value(DeclaredSettings.MAX_ATTEMPTS);
      case "timeout" -> value(DeclaredSettings.HOOK_TIMEOUT);
      case "output-folder" ->
          shown(Path.of(Objects.requireNonNull(value(DeclaredSettings.OUTPUT))));
      case "max-concurrency" -> concurrency(plugin);
      default -> null;
    };
  }

  private @Nullable String value(SettingSpec<?> setting) {
    var written = sources.find(setting);
    if (written != null && setting.type().isSecret()) {
      return null;
    }
    return written != null ? written.shownText() : setting.defaultValue().forPeople();
  }

  /** What the hooks of a plugin allow; each number once. */
  private static @Nullable String concurrency(InstalledPlugin plugin) {
    var numbers = plugin.hooks().stream().map(hook -> hook.maxConcurrency()).distinct().toList();
    return numbers.isEmpty() ? null : words(numbers);
  }

  private static String words(List<Integer> numbers) {
    return numbers.stream()
        .map(number -> number == Hook.UNLIMITED ? "unlimited" : String.valueOf(number))
        .collect(Collectors.joining(" or "));
  }
}
