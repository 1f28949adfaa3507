package io.longline.api.testing;

import static java.util.stream.Collectors.joining;

import io.longline.api.PermanentFailureException;
import io.longline.api.internal.SinkRows;
import io.longline.zeek.LogFile;
import io.longline.zeek.ReadReport;
import java.util.ArrayList;
import java.util.List;

/** What the readers that a hook has opened itself found in the logs. Confined to one thread. */
final class TestReading {

  private final String hook;
  private final TestOptions options;
  private final List<String> faults = new ArrayList<>();
  private long rejected;
  private boolean hasGood;

  TestReading(String hook, TestOptions options) {
    this.hook = hook;
    this.options = options;
  }

  /** Takes the report of a reader that was closed. */
  void accept(LogFile log, ReadReport report) {
    rejected += report.rejectedRows();
    hasGood |= report.rows() > report.rejectedRows();
    if (report.isDamaged() && !options.allowsBadLines()) {
      faults.add(
          "%s: %s. If that is what the test is about, call allowBadLines()."
              .formatted(log, report.summary()));
    }
    if (!report.missingFields().isEmpty() && !options.allowsMissing()) {
      faults.add(
          "%s reads fields of %s that the log does not have: %s If a log may lack them, open it with optionalFields, or call allowMissing()."
              .formatted(hook, log, sentences(report)));
    }
  }

  private static String sentences(ReadReport report) {
    return report.missingFields().stream()
        .map(
            field ->
                field.name()
                    + (field.nearest() == null ? "." : ". Did you mean " + field.nearest() + "?"))
        .collect(joining(" "));
  }

  /** Fails if the host would, or would report something. */
  void check() throws PermanentFailureException {
    if (!faults.isEmpty()) {
      throw new AssertionError(faults.get(0));
    }
    if (!hasGood && rejected >= SinkRows.LEAST) {
      throw new PermanentFailureException(
          "Every row that %s read, %d in all, was bad for it: it reads a column as something that it is not."
              .formatted(hook, rejected));
    }
  }
}
