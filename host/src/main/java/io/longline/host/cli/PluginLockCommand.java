package io.longline.host.cli;

import io.longline.host.plugins.JarVerifier;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.plugins.StagedJar;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.FolderTrust;
import io.longline.host.trust.LockedPlugin;
import io.longline.host.trust.PluginLock;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins lock}: records the jars that lie in the plugins folder. */
@Command(
    name = "lock",
    description =
        "Records the jars of plugins that lie in the plugins folder in its plugins.lock, so that they are loaded with plugins.trust = \"pinned\".",
    mixinStandardHelpOptions = true)
final class PluginLockCommand extends TrustCommand {

  @Parameters(paramLabel = "ID", arity = "0..*", description = "The plugins.")
  private List<String> ids = List.of();

  @Option(
      names = "--all",
      description = "Record all plugins, and remove the entries of those that are gone.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object per line for each plugin.")
  private boolean json;

  private final Clock clock;

  private PluginLockCommand(CommandIo io) {
    super(io);
    this.clock = Clock.systemUTC();
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginLockCommand(io));
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    if (ids.isEmpty() != all) {
      throw misuse("Name plugins, or give --all.");
    }
    var known = trust.in(folder.path());
    var found = new ArrayList<LockedPlugin>();
    int code = ExitCode.OK;
    for (var jar : folder.jars()) {
      var report = JarVerifier.verify(jar);
      boolean isWanted = all || ids.stream().anyMatch(id -> id.equalsIgnoreCase(report.id()));
      if (isWanted && !report.version().isEmpty() && StagedJar.isWorth(jar)) {
        found.add(entry(jar, report, known));
      } else if (isWanted) {
        complain(jar + " is no plugin that can be loaded, and was not recorded.");
        code = ExitCode.PROBLEMS;
      }
    }
    for (var id : ids) {
      if (found.stream().noneMatch(each -> each.isOf(id))) {
        complain("There is no plugin " + id + " in " + folder.path() + ".");
        code = ExitCode.USAGE;
      }
    }
    PluginLock.change(folder.path(), lock -> changed(lock, found));
    found.forEach(
        each -> io.out().println(json ? LockedText.json(each) : "Locked " + LockedText.line(each)));
    return code;
  }

  private PluginLock changed(PluginLock before, List<LockedPlugin> found) {
    var lock = before;
    for (var old : before.plugins()) {
      if (all || found.stream().anyMatch(each -> each.isOf(old.id()))) {
        lock = lock.without(old.id());
      }
    }
    for (var each : found) {
      lock = lock.with(each);
    }
    return lock;
  }

  /** The entry of a jar; what is known of the same jar already stays. */
  private LockedPlugin entry(Path jar, JarVerifier.Report report, FolderTrust trust)
      throws IOException {
    var known = trust.of(jar, jar, report.id());
    var before = trust.lock().of(report.id());
    var origin =
        before
            .filter(each -> each.sha256().equals(known.sha256()))
            .map(LockedPlugin::origin)
            .orElse(jar.toString());
    return new LockedPlugin(
        report.id(),
        report.version(),
        known.sha256(),
        origin,
        known.signing().validSigner(),
        clock.instant(),
        before.map(LockedPlugin::isPinned).orElse(false));
  }
}
