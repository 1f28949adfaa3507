package io.longline.host.call;

import io.longline.api.ExitHook;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.ObservedLogs;
import io.longline.api.PermanentFailureException;
import io.longline.api.RecordHook;
import io.longline.api.WindowHook;
import io.longline.host.ledger.WindowTask;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.LogFile;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Calls hooks on the thread that asks for it. Thread-safe. */
final class InThread implements Place {

  private final CallOpener opener;
  private final DamagedLogs damagedLogs;
  private final LogSightings sightings;
  private final CallReports reports;
  private final SpareThreads spare;

  InThread(CallOpener opener, DamagedLogs damagedLogs, CallReports reports, SpareThreads spare) {
    this.opener = opener;
    this.damagedLogs = damagedLogs;
    this.sightings = new LogSightings(reports);
    this.reports = reports;
    this.spare = spare;
  }

  @Override
  public List<EndedCall> make(OpenAssignment open, Assignment assignment) {
    var first = assignment.hooks().get(0);
    var window = assignment.batch().window();
    if (window != null) {
      return List.of(close(open, first, assignment, window));
    }
    return first.interest() == null
        ? List.of(process(open, first, assignment))
        : scan(open, assignment, spare.segmentBytes());
  }

  private EndedCall process(OpenAssignment open, CalledHook hook, Assignment assignment) {
    var call = opener.open(open, assignment.call(hook), assignment.claim());
    var read = new HookReading(call, reports, damagedLogs);
    call.make(
        context -> {
          ((LogHook) hook.object()).process(logs(assignment, read::accept), context);
        });
    read.end();
    excuse(call, assignment);
    return opener.end(open, call);
  }

  private EndedCall close(
      OpenAssignment open, CalledHook hook, Assignment assignment, WindowTask window) {
    var call = opener.open(open, assignment.call(hook), assignment.claim());
    call.make(
        context -> {
          try (var facts = opener.facts(window, context)) {
            ((WindowHook) hook.object()).close(window.window(), facts, context);
          }
        });
    return opener.end(open, call);
  }

  /** What the loss of logs made fail is not charged to the hook, however it has handled that. */
  private static void excuse(OpenCall call, Assignment assignment) {
    if (call.hasFailed()) {
      var lost = assignment.batch().lost(call.hasReadingFailed());
      if (lost != null) {
        call.excuse(lost);
      }
    }
  }

  /** Feeds several hooks with the records of one scan. */
  private List<EndedCall> scan(OpenAssignment open, Assignment assignment, long segments) {
    Consumer<ReadReport> damaged = report -> damagedLogs.accept(report, assignment.hookIds());
    var scan =
        new SharedScan(ScanPlan.of(assignment.hooks()), open, spare, segments, reports, damaged);
    open.setScan(scan);
    var calls =
        assignment.hooks().stream()
            .map(hook -> opener.open(open, assignment.call(hook), assignment.claim()))
            .toList();
    for (var call : calls) {
      openSink(call, scan, assignment);
    }
    if (calls.stream().anyMatch(call -> !call.hasFailed())) {
      try {
        var logs = logs(assignment, onReport(assignment));
        if (!scan.run(logs)) {
          calls.forEach(call -> opener.forget(open, call));
          return scan(open, assignment, Long.MAX_VALUE);
        }
        calls.forEach(call -> sightings.look(call, logs, scan.logsWithRows(call)));
      } catch (GivenUpError e) {
        throw e;
      } catch (Throwable thrown) {
        calls.forEach(call -> call.fail(thrown));
      }
    }
    calls.forEach(call -> excuse(call, assignment));
    return calls.stream().map(call -> opener.end(open, call)).toList();
  }

  private void openSink(OpenCall call, SharedScan scan, Assignment assignment) {
    var hook = call.call().hook();
    var reading = new HookReading(call, reports, damagedLogs);
    call.make(
        context -> {
          var object = (RecordHook) hook.object();
          var sink = object.open(logs(assignment, reading::accept), context);
          if (sink == null) {
            throw new PermanentFailureException(
                "open() of %s returned null; it must return a RecordSink, such as record -> { }, also for logs that it does not want."
                    .formatted(object.getClass().getName()));
          }
          scan.add(call, sink);
        });
    reading.end();
  }

  private BiConsumer<LogFile, ReadReport> onReport(Assignment assignment) {
    return (log, report) -> damagedLogs.accept(report, readers(assignment, log));
  }

  /** The ids of the hooks that want the records of a log. */
  private static List<String> readers(Assignment assignment, LogFile log) {
    return assignment.hooks().stream()
        .filter(
            hook ->
                Objects.requireNonNull(hook.interest()).logs().stream()
                    .anyMatch(wanted -> log.mayHold(wanted.path())))
        .map(CalledHook::id)
        .toList();
  }

  private LogDirectory logs(Assignment assignment, BiConsumer<LogFile, ReadReport> onReport)
      throws IOException {
    var files = assignment.batch().files();
    damagedLogs.missing(assignment);
    return ObservedLogs.of(files, onReport);
  }

  @Override
  public EndedCall exit(OpenAssignment open, CalledHook hook) {
    var call = opener.open(open, Call.atExit(hook), null);
    call.make(context -> ((ExitHook) hook.object()).exit(context));
    return opener.end(open, call);
  }

  /**
   * Forgets a hook that is no longer called; another hook with its id may be called from now on.
   */
  void forget(CalledHook hook) {
    sightings.forget(hook);
  }
}
