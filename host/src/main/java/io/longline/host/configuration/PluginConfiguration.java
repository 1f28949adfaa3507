package io.longline.host.configuration;

import static java.util.stream.Collectors.toSet;

import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookOptions;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.plugins.TimeLimit;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.zeek.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hooks with what the settings say about their plugins, and with the settings that those declare
 * themselves. Immutable.
 *
 * @param hooks the configured hooks; a hook whose own settings are wrong is missing
 * @param attempts after how many failures a call is a dead letter, by plugin, where that is set
 * @param secrets the texts of all secrets
 * @param notes sentences about sections and variables that have no effect
 */
public record PluginConfiguration(
    List<CalledHook> hooks,
    Map<String, Integer> attempts,
    List<String> secrets,
    List<String> notes) {

  /** Makes copies. */
  public PluginConfiguration {
    hooks = List.copyOf(hooks);
    attempts = Map.copyOf(attempts);
    secrets = List.copyOf(secrets);
    notes = List.copyOf(notes);
  }

  /**
   * Configures hooks, and checks everything that is written about plugins. What is wrong is
   * reported to the reader.
   *
   * @param called the hooks to configure; of the others only the names of their settings count
   * @param catalog all plugins that were found
   * @param timeout how long a call may take, if nothing else is set for the plugin
   */
  public static PluginConfiguration of(
      Collection<InstalledHook> called,
      PluginCatalog catalog,
      Duration timeout,
      SettingReader reader) {
    var keys = new PluginKeys(catalog.plugins());
    var configured = configure(called, keys, timeout, reader);
    keys.checkFlags(reader);
    var notes = new ArrayList<>(keys.unknownVariables(reader.sources()));
    notes.addAll(unknownSections(catalog, reader.sources()));
    return new PluginConfiguration(
        configured.hooks(), configured.attempts(), configured.secrets(), notes);
  }

  /** Configures hooks to look at them, with the default for how long a call may take. */
  public static PluginConfiguration of(
      Collection<InstalledHook> called, PluginCatalog catalog, SettingReader reader) {
    return of(called, catalog, HookOptions.DEFAULT_TIMEOUT, reader);
  }

  /**
   * Configures hooks of some plugins. What is written about other plugins is not looked at, and
   * there are no notes.
   */
  public static PluginConfiguration ofSome(
      Collection<InstalledHook> called,
      Collection<InstalledPlugin> plugins,
      Duration timeout,
      SettingReader reader) {
    return configure(called, new PluginKeys(plugins), timeout, reader);
  }

  /** The ids of those plugins that the settings do not enable. */
  public static Set<String> disabled(Collection<InstalledPlugin> plugins, SettingReader reader) {
    return plugins.stream()
        .map(InstalledPlugin::id)
        .filter(id -> !new PluginSection(id).isEnabled(reader))
        .collect(toSet());
  }

  private static PluginConfiguration configure(
      Collection<InstalledHook> called, PluginKeys keys, Duration timeout, SettingReader reader) {
    var hooks = new ArrayList<CalledHook>();
    var secrets = new ArrayList<String>();
    for (var hook : called) {
      configured(hook, timeout, reader, secrets).ifPresent(hooks::add);
    }
    var attempts = new LinkedHashMap<String, Integer>();
    for (var id : keys.plugins()) {
      var section = new PluginSection(id);
      section.check(reader);
      var most = section.maxAttempts(reader);
      if (most != null) {
        attempts.put(id, most);
      }
    }
    keys.checkFile(reader);
    secrets.removeIf(String::isBlank);
    return new PluginConfiguration(hooks, attempts, secrets, List.of());
  }

  /** A hook with its settings, which code of the plugin creates and uses; empty if that fails. */
  private static Optional<CalledHook> configured(
      InstalledHook hook, Duration timeout, SettingReader reader, List<String> secrets) {
    var section = new PluginSection(hook.pluginId());
    int before = reader.problems().size();
    var own =
        ofPlugin(hook, reader, () -> hook.declared().bind(section.ownName(), reader, secrets));
    if (own.isEmpty() || reader.problems().size() > before) {
      return Optional.empty();
    }
    var options =
        new HookOptions(
            own.get(),
            section.maxConcurrency(reader, hook.maxConcurrency()),
            section.outputFolder(reader),
            section.timeout(reader, timeout));
    if (hook.interest() == null) {
      return Optional.of(new CalledHook(hook, options));
    }
    return ofPlugin(hook, reader, () -> hook.interest(own.get(), reader))
        .map(interest -> new CalledHook(hook, options, interest));
  }

  /** Has code of the plugin give an answer about its settings; empty if that fails. */
  private static <T> Optional<T> ofPlugin(
      InstalledHook hook, SettingReader reader, Callable<@Nullable T> question) {
    try {
      return TimeLimit.call(
          "settings",
          hook.pluginId(),
          PluginCatalog.LOAD_LIMIT,
          () -> Optional.ofNullable(question.call()));
    } catch (TimeoutException e) {
      reader.problem(
          "The record of settings of %s was not created within %d s; it hangs at %s."
              .formatted(hook.id(), PluginCatalog.LOAD_LIMIT.toSeconds(), e.getMessage()));
    } catch (ExecutionException e) {
      reader.problem(
          "The record of settings of %s could not be created: %s."
              .formatted(hook.id(), e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reader.problem("Creating the record of settings of %s was interrupted.".formatted(hook.id()));
    }
    return Optional.empty();
  }

  private static List<String> unknownSections(PluginCatalog catalog, SettingSources sources) {
    var file = sources.file();
    if (file == null) {
      return List.of();
    }
    var installed = catalog.plugins().stream().map(InstalledPlugin::id).toList();
    return file.plugins().entrySet().stream()
        .filter(section -> !installed.contains(section.getKey()))
        .map(
            section ->
                "%s: there is no plugin %s; its section has no effect.%s"
                    .formatted(
                        section.getValue(),
                        section.getKey(),
                        NearestName.question(section.getKey(), installed)))
        .toList();
  }
}
