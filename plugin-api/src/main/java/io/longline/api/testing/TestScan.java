package io.longline.api.testing;

import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.ObservedLogs;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.internal.SinkRows;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogFile;
import io.longline.zeek.LogReader;
import io.longline.zeek.LogRecord;
import io.longline.zeek.NearestName;
import io.longline.zeek.ReadReport;
import io.longline.zeek.ZeekFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes the records of a directory to a record hook, each as a record of its own that cannot be
 * used afterwards. Confined to one thread.
 */
final class TestScan {

  private final RecordHook hook;
  private final TestOptions options;
  private final SinkRows rows = new SinkRows();
  private final TestContext context;

  TestScan(RecordHook hook, TestOptions options, TestContext context) {
    this.hook = hook;
    this.options = options;
    this.context = context;
  }

  /**
   * Runs the scan.
   *
   * @param observed the logs for the hook itself, whose readers are observed
   */
  void run(LogDirectory logs, LogDirectory observed) throws Exception {
    var type = hook.getClass().getName();
    var interest = hook.interest(options.settings());
    if (interest == null) {
      throw new AssertionError(type + ".interest() returned null; return the logs that it wants.");
    }
    if (interest.whyNone() != null) {
      throw new AssertionError(
          "%s wants no log with these settings, and is not called: %s Call settings() of the HookTester, or test interest(settings) itself."
              .formatted(type, interest.whyNone()));
    }
    try (var sink = hook.open(observed, context)) {
      if (sink == null) {
        throw new AssertionError(type + ".open() returned null; return a RecordSink.");
      }
      for (var log : interest.logs()) {
        read(log, logs, sink);
      }
      var failure = rows.failure(hook.name());
      if (failure != null) {
        throw failure;
      }
      sink.finish();
      // As in the host: what close() writes is too late.
      context.complete();
    }
  }

  private void read(Interest.Log log, LogDirectory logs, RecordSink sink) throws Exception {
    var files = ObservedLogs.find(logs, log.path());
    if (files.isEmpty() && !log.isOptional() && !options.allowsMissing()) {
      var known = logs.logs().stream().map(LogFile::logPath).distinct().toList();
      throw new AssertionError(
          "%s wants the log %s, and %s has none; its logs are %s.%s If that is normal, say so: ifPresent() in the Interest, or allowMissing() in this test."
              .formatted(
                  hook.name(), log.path(), logs, known, NearestName.question(log.path(), known)));
    }
    if (!files.isEmpty()) {
      sink.begin(log.path());
    }
    var missing = new LinkedHashMap<String, ReadReport.MissingField>();
    var found = new ArrayList<List<String>>();
    for (var file : files) {
      try (var reader = HostAccess.open(file, log.fields())) {
        hand(reader, log, sink);
        check(reader.report());
        var lacking = reader.report().missingFields();
        lacking.forEach(each -> missing.put(each.name(), each));
        found.add(lacking.stream().map(ReadReport.MissingField::name).toList());
      }
    }
    missing.keySet().removeIf(name -> found.stream().anyMatch(names -> !names.contains(name)));
    if (!options.allowsMissing()) {
      check(log, missing);
    }
  }

  private void check(Interest.Log log, Map<String, ReadReport.MissingField> missing) {
    for (var field : missing.values()) {
      throw new AssertionError(
          "%s wants the field %s of %s, which the log does not have.%s If a log may lack it, declare it as optional."
              .formatted(
                  hook.name(),
                  field.name(),
                  log.path(),
                  field.nearest() == null ? "" : " Did you mean " + field.nearest() + "?"));
    }
  }

  private void hand(LogReader reader, Interest.Log log, RecordSink sink) throws Exception {
    for (var row = reader.next(); row != null; row = reader.next()) {
      // A new record for each row, so that one that is kept can be found out.
      var record = HostAccess.part(reader, log.fields()).of(row);
      try {
        accept(sink, record, reader);
      } finally {
        HostAccess.invalidate(record);
      }
    }
  }

  private void accept(RecordSink sink, LogRecord record, LogReader reader) throws Exception {
    try {
      sink.accept(record);
      rows.good();
    } catch (ZeekFormatException e) {
      if (!options.allowsBadLines()) {
        throw e;
      }
      rows.bad(e, record);
      context.outputs().cancelRows();
      HostAccess.countBad(reader, e);
    }
  }

  private void check(ReadReport report) {
    if (report.isDamaged() && !options.allowsBadLines()) {
      throw new AssertionError(
          "%s: %s. If that is what the test is about, call allowBadLines()."
              .formatted(report.file(), report.summary()));
    }
  }
}
