package io.longline.host.call;

import io.longline.zeek.ReadReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports damaged logs: each once, although several hooks read it, and again only if a later reader
 * finds more damage. Thread-safe.
 */
final class DamagedLogs {

  private final CallReports reports;

  /** The number of files that are remembered; a forgotten file is reported again. */
  private static final int MAX_FILES = 10_000;

  private final Map<String, Long> reported =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_FILES;
        }
      };

  DamagedLogs(CallReports reports) {
    this.reports = reports;
  }

  synchronized void accept(ReadReport report, List<String> hooks) {
    long found = report.badLines() + report.longRows() + (report.damage() == null ? 0 : 1);
    if (found > reported.getOrDefault(report.file(), 0L)) {
      reported.put(report.file(), found);
      reports.damaged(report, hooks);
    }
  }

  /** Reports the logs of a batch that are missing, once. */
  void missing(Assignment assignment) {
    var batch = assignment.batch();
    batch
        .takeMissing()
        .forEach(
            (name, why) ->
                accept(missing(batch.directory().resolve(name), why), assignment.hookIds()));
  }

  private static ReadReport missing(Path log, String why) {
    var damage = why + "; the other logs of its batch are processed without it";
    return new ReadReport(log.toString(), 0, 0, 0, 0, List.of(), damage, false, 0, List.of());
  }
}
