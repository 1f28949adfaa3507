package io.longline.host.cli;

import io.longline.host.app.HostSettings;
import io.longline.host.event.EventJson;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What run and watch have in common. */
final class HostOptions {

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "The plugins folder (default: plugins-dir beside the launcher).")
  private @Nullable Path plugins;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where outputs go (default: ./longline-output).")
  private Path output = Path.of("longline-output");

  @Option(
      names = "--extracted",
      paramLabel = "DIR",
      description =
          "Where Zeek put extracted files (default: $BROAPT_DUMP_PATH, else extract_files in each log directory).")
  private @Nullable Path extracted;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "How many hooks run at once (default: $BROAPT_HOOK_CPU, else the number of processors).")
  private @Nullable Integer workers;

  @Option(
      names = "--json",
      description = "Print one JSON object a line: each outcome, then the summary.")
  private boolean json;

  @Option(
      names = "--strict",
      description =
          "Refuse to start on any plugin problem; exit with 1 on bad lines and remarks too.")
  private boolean strict;

  @Option(
      names = "--hooks",
      paramLabel = "ID",
      split = ",",
      description = "Run these hooks only; a plugin id means all its hooks.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(
      names = "--without",
      paramLabel = "ID",
      split = ",",
      description = "Do not run these hooks.")
  private Set<String> without = new LinkedHashSet<>();

  /** What a host tells of its events: to a person who watches, and to a script. */
  List<EventSink> listeners(CommandIo io, ProgressLine progress) {
    return json ? List.of(progress, event -> printOutcome(io, event)) : List.of(progress);
  }

  private static void printOutcome(CommandIo io, HostEvent event) {
    if (event instanceof HostEvent.RunEnded run) {
      io.out().println(EventJson.outcome(run));
      io.out().flush();
    }
  }

  boolean json() {
    return json;
  }

  boolean strict() {
    return strict;
  }

  Path output() {
    return output;
  }

  /** Settings with these options, to be completed. */
  HostSettings.Builder settings(
      CommandIo io, CommandLine.Model.CommandSpec spec, List<EventSink> listeners) {
    if (output.toString().isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "A path is empty; is a variable of the shell unset?");
    }
    var builder =
        HostSettings.builder(plugins == null ? io.defaultPlugins() : plugins, output)
            .extracted(extractedFolder(io))
            .only(only)
            .without(without)
            .strict(strict)
            .listeners(listeners);
    var count = workerCount(io, spec);
    return count == null ? builder : builder.workers(count);
  }

  private @Nullable Path extractedFolder(CommandIo io) {
    var dump = io.environment().get("BROAPT_DUMP_PATH");
    return extracted != null || dump == null || dump.isBlank() ? extracted : Path.of(dump);
  }

  private @Nullable Integer workerCount(CommandIo io, CommandLine.Model.CommandSpec spec) {
    if (workers != null) {
      if (workers < 1) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--workers is " + workers + "; there must be one at least.");
      }
      return workers;
    }
    var variable = io.environment().get("BROAPT_HOOK_CPU");
    if (variable == null || variable.isBlank()) {
      return null;
    }
    if (!variable.strip().matches("[1-9]\\d{0,4}")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "BROAPT_HOOK_CPU is \"" + variable + "\"; it must be a number of workers, 1 or more.");
    }
    return Integer.valueOf(variable.strip());
  }
}
