package io.longline.host.call;

import io.longline.api.HookWarning;
import io.longline.host.event.Ending;
import io.longline.host.ledger.Batch;
import io.longline.host.output.OutputPart;
import io.longline.host.plugins.CalledHook;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has hooks called in the processes of their plugins. Thread-safe. */
final class InProcess implements Place {

  private final CallOpener opener;
  private final DamagedLogs damagedLogs;
  private final CallReports reports;
  private final ProcessCalls processes;

  InProcess(
      CallOpener opener, DamagedLogs damagedLogs, CallReports reports, ProcessCalls processes) {
    this.opener = opener;
    this.damagedLogs = damagedLogs;
    this.reports = reports;
    this.processes = processes;
  }

  /**
   * {@inheritDoc}
   *
   * <p>If the process dies, and it is not clear which call caused that, each call is made again
   * alone in a fresh process.
   */
  @Override
  public List<EndedCall> make(OpenAssignment open, Assignment assignment) {
    var calls = open(open, assignment);
    if (!findLogs(calls, assignment)) {
      return end(open, calls);
    }
    try {
      take(calls, processes.make(process(calls), made(calls), assignment.batch(), listener(calls)));
    } catch (ProcessDiedException e) {
      boolean isBlamed = calls.size() == 1 && e.wasAlone();
      if (!isBlamed) {
        calls.forEach(call -> opener.forget(open, call));
        return makeEachAlone(open, assignment);
      }
      calls.get(0).fail(e);
    }
    return end(open, calls);
  }

  /** Finds out which logs are left, as only this process knows what they were; false if none is. */
  private boolean findLogs(List<OpenCall> calls, Assignment assignment) {
    if (assignment.batch().window() != null) {
      return true;
    }
    try {
      assignment.batch().files();
      damagedLogs.missing(assignment);
      return true;
    } catch (IOException e) {
      calls.forEach(call -> call.fail(e));
      return false;
    }
  }

  private List<EndedCall> makeEachAlone(OpenAssignment open, Assignment assignment) {
    var ended = new ArrayList<EndedCall>();
    for (var hook : assignment.hooks()) {
      var calls = open(open, assignment.of(List.of(hook)));
      makeAlone(calls, assignment.batch());
      ended.addAll(end(open, calls));
    }
    return ended;
  }

  @Override
  public EndedCall exit(OpenAssignment open, CalledHook hook) {
    var call = opener.open(open, Call.atExit(hook), null);
    makeAlone(List.of(call), null);
    return opener.end(open, call);
  }

  private void makeAlone(List<OpenCall> calls, @Nullable Batch batch) {
    try {
      take(calls, processes.makeAlone(process(calls), made(calls), batch, listener(calls)));
    } catch (ProcessDiedException e) {
      calls.forEach(call -> call.fail(e));
    }
  }

  private List<OpenCall> open(OpenAssignment open, Assignment assignment) {
    return assignment.hooks().stream()
        .map(hook -> opener.open(open, assignment.call(hook), assignment.claim()))
        .toList();
  }

  private List<EndedCall> end(OpenAssignment open, List<OpenCall> calls) {
    return calls.stream().map(call -> opener.end(open, call)).toList();
  }

  private static long process(List<OpenCall> calls) {
    return calls.get(0).call().hook().place().process();
  }

  private static List<Call> made(List<OpenCall> calls) {
    return calls.stream().map(OpenCall::call).toList();
  }

  private static void take(List<OpenCall> calls, Map<String, Ending> endings) {
    for (var call : calls) {
      var ending = endings.get(call.call().hook().id());
      if (ending == null) {
        call.fail(new IllegalStateException("The plugin's process returned no result."));
      } else {
        call.take(ending);
      }
    }
  }

  private CallListener listener(List<OpenCall> calls) {
    var byHook = new HashMap<String, OpenCall>();
    calls.forEach(call -> byHook.put(call.call().hook().id(), call));
    return new Listener(byHook, calls.get(0).call().directory());
  }

  /** Receives what some calls do before they end. */
  private final class Listener implements CallListener {

    private final Map<String, OpenCall> calls;
    private final @Nullable Path directory;

    Listener(Map<String, OpenCall> calls, @Nullable Path directory) {
      this.calls = calls;
      this.directory = directory;
    }

    @Override
    public void wrote(String hook, OutputPart part) {
      Objects.requireNonNull(calls.get(hook), hook).append(part);
    }

    @Override
    public void hung(String hook) {
      reports.hung(hook, directory);
    }

    @Override
    public void remarked(HookWarning remark) {
      reports.remarked(remark);
    }

    @Override
    public void sighted(String hook, LogSighting sighting) {
      var call = Objects.requireNonNull(calls.get(hook), hook);
      reports.sighted(call.call(), call.token(), sighting);
    }

    @Override
    public void damaged(ReadReport report, List<String> hooks) {
      damagedLogs.accept(report, hooks);
    }
  }
}
