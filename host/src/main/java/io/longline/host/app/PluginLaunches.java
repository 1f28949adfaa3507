package io.longline.host.app;

import io.longline.host.app.DeclaredSettings.Isolation;
import io.longline.host.isolation.ProcessLaunch;
import io.longline.host.isolation.Processes;
import io.longline.host.isolation.process.ProcessMain;
import io.longline.host.isolation.wire.HostMessage.CallOptions;
import io.longline.host.plugins.PrivateFolder;
import io.longline.host.settings.SecretMask;
import io.longline.host.settings.SettingReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which plugins run in processes of their own, and how those are started. Immutable. */
final class PluginLaunches {

  /** What the launcher starts the host's JVM with, for the processes of plugins. */
  private static final String OPTIONS = "longline.process.options";

  /** The option that names the archive of classes; its path may have spaces. */
  private static final String ARCHIVE = "longline.process.archive";

  static final String ALL = "all";

  private final HostSettings settings;

  private PluginLaunches(HostSettings settings) {
    this.settings = settings;
  }

  /** The processes of a host, none of which has been started. */
  static Processes processes(HostSettings settings, PrivateFolder folder, SecretMask secrets) {
    var launches = new PluginLaunches(settings);
    return new Processes(launches::isIsolated, launches::launch, folder, secrets);
  }

  private SettingReader reader() {
    return new SettingReader(settings.sources());
  }

  private boolean isIsolated(String plugin) {
    var isolation =
        reader()
            .get(
                DeclaredSettings.PLUGIN_ISOLATION.in(ConfiguredPlugins.section(plugin)),
                Isolation.THREAD);
    return isolation == Isolation.PROCESS
        || settings.isolated().contains(plugin)
        || settings.isolated().contains(ALL);
  }

  private ProcessLaunch launch(String plugin) {
    var section = ConfiguredPlugins.section(plugin);
    var reader = reader();
    var sources = settings.sources();
    var heap = Objects.requireNonNull(reader.get(DeclaredSettings.PLUGIN_HEAP.in(section), "512m"));
    return new ProcessLaunch(
        command(heap),
        sources.in(ConfiguredPlugins.ownSection(plugin)),
        sources.environment(),
        new CallOptions(
            reader.get(DeclaredSettings.PLUGIN_TIMEOUT.in(section), settings.hookTimeout()),
            reader.get(DeclaredSettings.PLUGIN_CONCURRENCY.in(section), Integer.MAX_VALUE),
            reader.get(DeclaredSettings.PLUGIN_OUTPUT.in(section), ""),
            settings.extracted(),
            settings.clock().getZone().getId(),
            settings.workers()));
  }

  private static List<String> command(String heap) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    var options = System.getProperty(OPTIONS, "").strip();
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split("\\s+")));
    }
    var archive = System.getProperty(ARCHIVE, "");
    if (!archive.isEmpty()) {
      command.add(archive);
    }
    command.add("-Xmx" + heap);
    command.add("-XX:MaxMetaspaceSize=256m");
    // What is left after that is in no state to go on; the batch is tried again in a fresh process.
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ProcessMain.class.getName());
    return command;
  }
}
