package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.event.PrintableText;
import io.longline.host.files.FileAccess;
import io.longline.host.report.FindingFiles;
import io.longline.host.report.FindingLines;
import io.longline.host.report.Report;
import io.longline.host.report.ReportFile;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline report}: what detections have found. */
@Command(
    name = "report",
    description =
        "Makes one HTML file of what detections have found, which needs no network and no other file; or prints all findings for other programs.",
    mixinStandardHelpOptions = true)
final class ReportCommand extends SettingsCommand {

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "The output folder (default: that of the settings, else longline-output).")
  private @Nullable Path folder;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description =
          "Only findings since then: a day or a moment in UTC (2024-04-20, 2024-04-20T05:00:00Z), or a duration before now (7d).")
  private @Nullable String since;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The HTML file (default: report.html in the output folder).")
  private @Nullable Path output;

  @Option(names = "--csv", description = "Print all findings as CSV instead.")
  private boolean csv;

  @Option(names = "--json", description = "Print a JSON object for each finding instead.")
  private boolean json;

  private final Clock clock = Clock.systemUTC();

  ReportCommand(CommandIo io) {
    super(io, List.of(DeclaredSettings.WINDOWS));
  }

  @Override
  int run(SettingSources sources) throws SettingsException {
    if (csv && json) {
      throw misuse("--csv and --json exclude each other.");
    }
    if (output != null && (csv || json)) {
      throw misuse("--output names the HTML file; --csv and --json print to standard output.");
    }
    var reader = new SettingReader(sources);
    var outputs =
        folder == null ? reader.get(DeclaredSettings.OUTPUT, Path.of("longline-output")) : folder;
    var windows = reader.find(DeclaredSettings.WINDOWS);
    var access = reader.get(DeclaredSettings.OUTPUT_ACCESS, FileAccess.GROUP);
    reader.check();
    if (!Files.isDirectory(outputs)) {
      complain(
          "There is no folder "
              + outputs
              + ". Name the output folder of a run, or the setting output.");
      return ExitCode.USAGE;
    }
    var folders = new ArrayList<>(List.of(outputs));
    if (windows != null && Files.isDirectory(windows)) {
      folders.add(windows);
    }
    try {
      return report(new FindingFiles(folders), outputs, access);
    } catch (IOException e) {
      complain("The report cannot be made: " + e);
      return ExitCode.PROBLEMS;
    }
  }

  private int report(FindingFiles files, Path outputs, FileAccess access) throws IOException {
    var isWanted = isWanted();
    if (csv || json) {
      var lines = new FindingLines(files, isWanted);
      return end(csv ? lines.csv(io.out()) : lines.json(io.out()));
    }
    var report = Report.of(files, isWanted);
    var file =
        new ReportFile(output == null ? outputs.resolve(ReportFile.NAME) : output, access, clock);
    file.write(report, outputs.toAbsolutePath().normalize());
    io.out()
        .println(
            "findings     "
                + FindingsText.of(report.bySeverity(), report.findings(), report.allowed()));
    io.out().println("report       " + PrintableText.line(file.path().toString()));
    return end(report.problems());
  }

  private int end(List<String> problems) {
    problems.forEach(this::complain);
    return problems.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
  }

  private LongPredicate isWanted() {
    if (since == null) {
      return micros -> true;
    }
    long from = ChronoUnit.MICROS.between(Instant.EPOCH, moment(since));
    return micros -> micros >= from;
  }

  private Instant moment(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      if (text.contains("-")) {
        throw misuse(
            "--since is \"%s\"; write a day (2024-04-20), a moment in UTC (2024-04-20T05:00:00Z) or a duration (7d)."
                .formatted(text));
      }
    }
    return clock.instant().minus(duration("--since", text));
  }
}
