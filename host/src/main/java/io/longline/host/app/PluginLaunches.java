package io.longline.host.app;

import io.longline.host.call.CallOptions;
import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.Isolation;
import io.longline.host.configuration.PluginSection;
import io.longline.host.isolation.ProcessLaunch;
import io.longline.host.isolation.Processes;
import io.longline.host.isolation.process.ProcessMain;
import io.longline.host.plugins.PrivateFolder;
import io.longline.host.settings.SecretMask;
import io.longline.host.settings.SettingReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which plugins run in processes of their own, and how those are started. Immutable. */
final class PluginLaunches {

  /** The property with the JVM options of the launcher for the processes of plugins. */
  private static final String OPTIONS = "longline.process.options";

  /** The option that names the archive of classes; its path may have spaces. */
  private static final String ARCHIVE = "longline.process.archive";

  private final HostSettings settings;

  private PluginLaunches(HostSettings settings) {
    this.settings = settings;
  }

  /** The processes of a host; no process is started yet. */
  static Processes processes(HostSettings settings, PrivateFolder folder, SecretMask secrets) {
    var launches = new PluginLaunches(settings);
    return new Processes(launches::isIsolated, launches::launch, folder, secrets);
  }

  private SettingReader reader() {
    return new SettingReader(settings.plugins().sources());
  }

  private boolean isIsolated(String plugin) {
    return new PluginSection(plugin).isolation(reader()) == Isolation.PROCESS
        || settings.calling().isIsolated(plugin);
  }

  private ProcessLaunch launch(String plugin) {
    var section = new PluginSection(plugin);
    var reader = reader();
    return new ProcessLaunch(
        command(section.heap(reader)),
        reader.sources().in(section.ownName()),
        reader.sources().environmentOf(section.ownName()),
        section.environment(reader),
        new CallOptions(
            section.timeout(reader, settings.calling().timeout()),
            section.maxConcurrency(reader, Integer.MAX_VALUE),
            section.outputFolder(reader),
            settings.folders().extracted(),
            settings.clock().getZone().getId(),
            settings.calling().workers(),
            settings.folders().ofWindows().toAbsolutePath(),
            settings.calling().isFindingsJson()));
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
    // A process is unreliable after that; the batch is attempted again in a new one.
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ProcessMain.class.getName());
    return command;
  }
}
