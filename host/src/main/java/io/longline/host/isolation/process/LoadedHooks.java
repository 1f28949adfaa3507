package io.longline.host.isolation.process;

import io.longline.host.isolation.wire.HostMessage;
import io.longline.host.isolation.wire.ProcessMessage;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.HookOptions;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hooks of the plugin, loaded and configured as the host asked. Immutable.
 *
 * @param catalog the plugin and those that it depends on
 * @param hooks the hooks that can be called, by id
 * @param ready the message about them to the host
 */
record LoadedHooks(
    PluginCatalog catalog, Map<String, CalledHook> hooks, ProcessMessage.Ready ready) {

  /** Loads the hooks, which runs code of the plugin. */
  static LoadedHooks load(HostMessage.Hello hello) {
    var catalog = PluginCatalog.load(hello.jars(), hello.loadLimit());
    var reader = new SettingReader(SettingSources.found(hello.written(), hello.environment()));
    var secrets = new ArrayList<String>();
    var hooks = new LinkedHashMap<String, CalledHook>();
    var descriptions = new ArrayList<HookDescription>();
    var options = hello.options();
    for (var hook : catalog.hooks()) {
      if (!hook.pluginId().equals(hello.plugin())) {
        continue;
      }
      var wanted = hook.interest();
      var section = "plugins." + hello.plugin() + ".settings";
      var settings = hook.declared().bind(section, reader, secrets);
      if (settings != null) {
        wanted = hook.interest(settings, reader);
        var called =
            new HookOptions(
                settings, options.concurrency(), options.outputFolder(), options.timeout());
        hooks.put(hook.id(), new CalledHook(hook, called, wanted));
      }
      descriptions.add(hook.description().wanting(wanted));
    }
    var problems =
        catalog.problems().stream()
            .filter(problem -> problem.plugin().equals(hello.plugin()))
            .toList();
    return new LoadedHooks(
        catalog,
        hooks,
        new ProcessMessage.Ready(descriptions, problems, reader.problems(), List.copyOf(secrets)));
  }
}
