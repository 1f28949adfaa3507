package io.longline.host.call;

import io.longline.api.PermanentFailureException;
import io.longline.api.internal.SinkRows;
import io.longline.zeek.LogFile;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a hook that reads the logs itself has found in them, from the reports of its readers. If it
 * could not read any row, the fault is the hook's, and its call fails; fields that it asked for and
 * that a log does not have are reported. Thread-safe.
 */
final class HookReading {

  /** The number of logs that are remembered; of more, only the rows are counted. */
  private static final int MAX_REJECTIONS = 1_000;

  private final OpenCall call;
  private final CallReports reports;
  private final DamagedLogs damagedLogs;
  private final List<Rejection> rejections = new ArrayList<>();
  private final MissingFields missing = new MissingFields();
  private long rejectedRows;
  private boolean hasGood;

  /** A log of which the hook could read no row. */
  private record Rejection(LogFile log, ReadReport report) {}

  HookReading(OpenCall call, CallReports reports, DamagedLogs damagedLogs) {
    this.call = call;
    this.reports = reports;
    this.damagedLogs = damagedLogs;
  }

  /** Takes the report of a reader that was closed. */
  synchronized void accept(LogFile log, ReadReport report) {
    missing.take(log.logPath(), report.missingFields());
    boolean isRejected = report.rejectedRows() > 0 && report.rejectedRows() == report.rows();
    if (isRejected) {
      rejectedRows += report.rows();
      if (rejections.size() < MAX_REJECTIONS) {
        rejections.add(new Rejection(log, report));
      }
    } else {
      hasGood |= report.rows() > 0;
      damagedLogs.accept(report, hooks());
    }
  }

  /** Ends the reading: the call fails if every row was bad for it. */
  synchronized void end() {
    missing.forEach((path, field) -> reports.remarked(call.missingField(path, field)));
    if (!hasGood && rejectedRows >= SinkRows.LEAST && !call.hasFailed()) {
      var first = rejections.get(0);
      call.fail(
          new PermanentFailureException(
              "Every row that %s read, %d in all, was bad for it: it reads a column as something that it is not.%s The first is in %s: %s"
                  .formatted(
                      call.call().hook().id(),
                      rejectedRows,
                      typeHint(first),
                      first.log(),
                      first.report().summary())));
      return;
    }
    rejections.forEach(each -> damagedLogs.accept(each.report(), hooks()));
  }

  private static String typeHint(Rejection rejection) {
    var problems = rejection.report().problems();
    var column = problems.isEmpty() ? null : problems.get(0).column();
    var type = column == null ? null : type(rejection.log(), column);
    return type == null
        ? ""
        : " The log has the column %s with the type %s: read it as that."
            .formatted(Objects.requireNonNull(column), type);
  }

  private static @Nullable String type(LogFile log, String column) {
    try (var reader = log.open()) {
      int index = reader.schema().indexOf(column);
      return index < 0 ? null : reader.schema().fields().get(index).type().text();
    } catch (IOException e) {
      return null;
    }
  }

  private List<String> hooks() {
    return List.of(call.call().hook().id());
  }
}
