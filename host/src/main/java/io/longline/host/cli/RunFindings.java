package io.longline.host.cli;

import io.longline.api.Finding.Severity;
import io.longline.host.app.HostSummary;
import io.longline.host.configuration.HostSettings;
import io.longline.host.report.FindingFiles;
import io.longline.host.report.Report;
import io.longline.host.report.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the output folder has of findings after a run, and the report of it. Immutable.
 *
 * @param bySeverity the number of different ones that are not allowed, the worst first
 * @param all the number of all
 * @param allowed the number of those that an allow list expects
 * @param report the file of the report
 */
record RunFindings(Map<Severity, Long> bySeverity, long all, long allowed, Path report) {

  /**
   * Makes the report of a run.
   *
   * @return null if the run has found nothing
   * @throws IOException if the report cannot be made
   */
  static @Nullable RunFindings of(HostSettings settings, HostSummary summary) throws IOException {
    var folder = summary.outputs().folder();
    var windows = settings.folders().ofWindows().toAbsolutePath().normalize();
    boolean isAny =
        summary.outputs().bytes().keySet().stream()
            .anyMatch(
                file -> FindingFiles.isOne(folder, file) || FindingFiles.isOne(windows, file));
    if (!isAny) {
      return null;
    }
    var report = Report.of(new FindingFiles(List.of(folder, windows)), micros -> true);
    var file =
        new ReportFile(
            folder.resolve(ReportFile.NAME), settings.folders().outputAccess(), settings.clock());
    file.write(report, folder);
    return new RunFindings(report.bySeverity(), report.findings(), report.allowed(), file.path());
  }
}
