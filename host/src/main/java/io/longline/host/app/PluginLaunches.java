package io.longline.host.app;

import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.Isolation;
import io.longline.host.configuration.PluginSection;
import io.longline.host.isolation.IsolatedPlugins;
import io.longline.host.isolation.Message;
import io.longline.host.settings.SettingReader;
import io.longline.host.work.IsolatedWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which plugins run in processes of their own, and how those are started. Immutable. */
final class PluginLaunches {

  /** What the launcher starts the host's JVM with, for its workers. */
  private static final String OPTIONS = "longline.worker.options";

  /** The option that names the archive of classes; its path may have spaces. */
  private static final String ARCHIVE = "longline.worker.archive";

  private final HostSettings settings;

  private PluginLaunches(HostSettings settings) {
    this.settings = settings;
  }

  /**
   * Opens the place for them.
   *
   * @throws IOException if their folder cannot be made
   */
  static IsolatedPlugins open(HostSettings settings) throws IOException {
    var launches = new PluginLaunches(settings);
    return IsolatedPlugins.open(launches::isIsolated, launches::launch);
  }

  private SettingReader reader() {
    return new SettingReader(settings.plugins().sources());
  }

  private boolean isIsolated(String plugin) {
    return new PluginSection(plugin).isolation(reader()) == Isolation.PROCESS
        || settings.calling().isIsolated(plugin);
  }

  private IsolatedPlugins.Launch launch(String plugin) {
    var section = new PluginSection(plugin);
    var reader = reader();
    return new IsolatedPlugins.Launch(
        command(section.heap(reader)),
        reader.sources().in(section.ownName()),
        reader.sources().environment(),
        new Message.CallOptions(
            section.timeout(reader, settings.calling().timeout()),
            section.maxConcurrency(reader, Integer.MAX_VALUE),
            section.outputFolder(reader),
            settings.folders().extracted(),
            settings.clock().getZone().getId(),
            settings.calling().workers()));
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
    // A process cannot be relied on after that; the batch is attempted again in a new one.
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(IsolatedWorker.class.getName());
    return command;
  }
}
