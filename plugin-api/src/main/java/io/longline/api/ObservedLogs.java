package io.longline.api;

import io.longline.zeek.Internal;
import io.longline.zeek.LogFile;
import io.longline.zeek.ReadReport;
import java.util.List;
import java.util.function.BiConsumer;

/** Directories of logs whose readers report what they found. Thread-safe. */
@Internal
public final class ObservedLogs {

  private ObservedLogs() {}

  /** A copy whose readers pass the log and their report to this consumer when they are closed. */
  public static LogDirectory of(LogDirectory logs, BiConsumer<LogFile, ReadReport> onClose) {
    return logs.withReports(onClose);
  }

  /** The files of a directory that hold this log, whatever its name. */
  public static List<LogFile> find(LogDirectory logs, String logPath) {
    return logs.find(logPath);
  }
}
