package io.longline.host.cli;

import io.longline.host.app.HostRefusedException;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.HostSettings;
import io.longline.host.configuration.WatchSettings;
import io.longline.host.event.PrintableText;
import io.longline.host.intake.Readiness;
import io.longline.host.intake.WatchedRoot;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code longline watch}: runs hooks on log directories as they become complete, until told to end.
 */
@Command(
    name = "watch",
    description =
        "Runs every hook on the log directories below the roots as they become complete, and on what is enqueued, until SIGTERM (ends what runs) or SIGUSR1 (ends what is due).",
    mixinStandardHelpOptions = true)
final class WatchCommand extends HostCommand {

  @Parameters(
      paramLabel = "ROOT",
      arity = "0..*",
      description =
          "A folder to look for log directories in (default: those of the settings file; with none it works on what is enqueued).")
  private List<Path> roots = new ArrayList<>();

  WatchCommand(CommandIo io) {
    super(io, DeclaredSettings.OF_WATCH, "30s");
  }

  @Override
  int run(SettingSources sources) throws SettingsException, InterruptedException {
    var reader = new SettingReader(sources);
    var watch = watch(sources, reader);
    var builder = settings(sources, reader);
    var location = usersLedger(sources, reader);
    var lease = reader.get(DeclaredSettings.LEASE, Duration.ZERO);
    reader.check();
    var signals = new EndSignals(io, "what is due");
    try (var progress = new ProgressLine(io)) {
      var settings =
          builder
              .ledger(location)
              .mode(BatchLedger.Mode.NEW_FILES)
              .waitsForRetries(false)
              .lease(lease)
              .listeners(listeners(progress))
              .build();
      var host = start(settings);
      signals.use(host);
      if (signals.signal() == null) {
        host.watch(watch);
        io.err().println("longline: " + text(watch, settings));
      }
      signals.await();
      host.close();
      RunSummary.print(host.summary(), io, json);
      return signals.exitCode(RunSummary.code(host.summary(), settings.strict()));
    } catch (HostRefusedException e) {
      return RunSummary.refused(e, io);
    }
  }

  private static String text(WatchSettings watch, HostSettings settings) {
    var what =
        watch.roots().stream()
            .map(root -> PrintableText.line(root.path() + " (" + root.readiness() + ")"))
            .toList();
    return "watching "
        + (what.isEmpty() ? "for what is enqueued" : String.join(", ", what))
        + "; ledger "
        + settings.ledger()
        + ", output "
        + settings.output().toAbsolutePath().normalize();
  }

  private WatchSettings watch(SettingSources sources, SettingReader reader) {
    var ready = reader.get(DeclaredSettings.READY, new Readiness.Closed());
    var inFile = rootsOfFile(sources, reader, ready, roots.isEmpty());
    var named = new ArrayList<WatchedRoot>();
    for (var path : roots) {
      var root = root(path);
      if (root == null) {
        reader.problem("There is no folder " + path + " to watch.");
      } else {
        // What the file says of this folder holds, whoever names it.
        named.add(
            inFile.stream()
                .filter(each -> each.path().equals(root))
                .findFirst()
                .orElse(new WatchedRoot(root, ready, null)));
      }
    }
    return new WatchSettings(
        roots.isEmpty() ? inFile : named,
        reader.get(DeclaredSettings.INTERVAL, Duration.ofSeconds(10)),
        reader.find(DeclaredSettings.KEEP));
  }

  private static List<WatchedRoot> rootsOfFile(
      SettingSources sources, SettingReader reader, Readiness ready, boolean mustBeThere) {
    var file = sources.file();
    var found = new ArrayList<WatchedRoot>();
    if (file == null) {
      return found;
    }
    for (var table : file.tables(DeclaredSettings.ROOT_TABLE)) {
      var path =
          reader.value(DeclaredSettings.ROOT_PATH, table.get(DeclaredSettings.ROOT_PATH.key()));
      var own =
          reader.value(DeclaredSettings.ROOT_READY, table.get(DeclaredSettings.ROOT_READY.key()));
      var names =
          reader.value(DeclaredSettings.ROOT_NAMES, table.get(DeclaredSettings.ROOT_NAMES.key()));
      var root = path == null ? null : root(path);
      if (root != null) {
        found.add(new WatchedRoot(root, Objects.requireNonNullElse(own, ready), names));
      } else if (path == null) {
        reader.problem(
            table.values().iterator().next().place() + ": a table [[watch.roots]] has no path.");
      } else if (mustBeThere) {
        reader.problem(
            Objects.requireNonNull(table.get(DeclaredSettings.ROOT_PATH.key())).place()
                + ": there is no folder "
                + path
                + " to watch.");
      }
    }
    return found;
  }

  /** The folder itself; null if there is none. */
  private static @Nullable Path root(Path path) {
    try {
      return Files.isDirectory(path) ? path.toRealPath() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
