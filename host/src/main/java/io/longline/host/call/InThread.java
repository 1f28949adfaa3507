package io.longline.host.call;

import io.longline.api.ExitHook;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import io.longline.api.PermanentFailureException;
import io.longline.api.RecordHook;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Calls hooks on the thread that asks for it. Thread-safe. */
final class InThread implements Place {

  private final CallOpener opener;
  private final DamagedLogs damagedLogs;
  private final SpareThreads spare;

  /** Permits to open further sinks of a hook at once, by the hook's id. */
  private final Map<String, Semaphore> openings = new ConcurrentHashMap<>();

  InThread(CallOpener opener, DamagedLogs damagedLogs, SpareThreads spare) {
    this.opener = opener;
    this.damagedLogs = damagedLogs;
    this.spare = spare;
  }

  @Override
  public List<EndedCall> make(OpenAssignment open, Assignment assignment) {
    var first = assignment.hooks().get(0);
    return first.interest() == null
        ? List.of(process(open, first, assignment))
        : scan(open, assignment, spare.segmentBytes());
  }

  private EndedCall process(OpenAssignment open, CalledHook hook, Assignment assignment) {
    var call = opener.open(open, assignment.call(hook), assignment.claim());
    call.make(context -> ((LogHook) hook.object()).process(logs(assignment), context));
    return opener.end(open, call);
  }

  /** Feeds several hooks with the records of one scan. */
  private List<EndedCall> scan(OpenAssignment open, Assignment assignment, long segments) {
    var scan = new SharedScan(ScanPlan.of(assignment.hooks()), open, spare, segments);
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
        if (!scan.run(logs(assignment))) {
          calls.forEach(call -> opener.forget(open, call));
          return scan(open, assignment, Long.MAX_VALUE);
        }
      } catch (GivenUpError e) {
        throw e;
      } catch (Throwable thrown) {
        calls.forEach(call -> call.fail(thrown));
      }
    }
    return calls.stream().map(call -> opener.end(open, call)).toList();
  }

  /** Opens a sink; the hook limits how many of its sinks are opened at once. */
  private void openSink(OpenCall call, SharedScan scan, Assignment assignment) {
    var hook = call.call().hook();
    var room = openings.computeIfAbsent(hook.id(), id -> new Semaphore(hook.maxConcurrency()));
    room.acquireUninterruptibly();
    call.onceOver(room::release);
    try {
      call.make(
          context -> {
            var sink = ((RecordHook) hook.object()).open(logs(assignment), context);
            if (sink == null) {
              throw new PermanentFailureException(
                  "open() of %s returned null; it must return a RecordSink, such as record -> { }, also for logs that it does not want."
                      .formatted(hook.object().getClass().getName()));
            }
            scan.add(call, sink);
          });
    } finally {
      call.over();
    }
  }

  private LogDirectory logs(Assignment assignment) throws IOException {
    Consumer<ReadReport> onReport = report -> damagedLogs.accept(report, assignment.hookIds());
    try {
      return assignment.batch().files().withReports(onReport);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "A log of this batch is gone: " + e.getFile() + ". The hook was not called.", e);
    }
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
    openings.remove(hook.id());
  }
}
