package io.longline.host.call;

import io.longline.host.ledger.RunningCall;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes guarded calls of hooks, at any site: the context class loader is the plugin's, anything
 * thrown becomes the call's ending, and each call ends exactly once. Thread-safe.
 */
public final class Calls {

  private final CallOpener opener;
  private final CallReports reports;
  private final SpareThreads spare;
  private final InThread inThread;
  private final InProcess inProcess;
  private final Set<OpenAssignment> active = ConcurrentHashMap.newKeySet();

  /**
   * Creates the calls of hooks.
   *
   * @param environment the environment that all calls share
   * @param reports receives the reports of calls that have not ended
   * @param spare lends threads for very large logs
   * @param processes makes the calls of isolated plugins
   */
  public Calls(
      CallEnvironment environment,
      CallReports reports,
      SpareThreads spare,
      ProcessCalls processes) {
    this.reports = reports;
    this.spare = spare;
    this.opener = new CallOpener(environment, reports);
    var damagedLogs = new DamagedLogs(reports);
    this.inThread = new InThread(opener, damagedLogs, reports, spare);
    this.inProcess = new InProcess(opener, damagedLogs, reports, processes);
  }

  private Place place(CalledHook hook) {
    return hook.place() instanceof HookPlace.InHost ? inThread : inProcess;
  }

  /**
   * Makes the calls of an assignment on this thread.
   *
   * @return how each call ended
   * @throws GivenUpError if this thread was given up meanwhile
   */
  public List<EndedCall> make(Assignment assignment) {
    var open = OpenAssignment.of(assignment);
    var first = assignment.hooks().get(0);
    return working(open, () -> place(first).make(open, assignment));
  }

  /**
   * Calls a hook at EXIT, on this thread.
   *
   * @param open the value of {@link OpenAssignment#atExit()} for this thread
   * @throws GivenUpError if this thread was given up meanwhile
   */
  public EndedCall exit(OpenAssignment open, CalledHook hook) {
    return working(open, () -> place(hook).exit(open, hook));
  }

  private <T> T working(OpenAssignment open, Supplier<T> work) {
    active.add(open);
    spare.begin();
    try {
      return work.get();
    } finally {
      if (!open.isGivenUp()) {
        spare.end();
      }
      active.remove(open);
    }
  }

  /**
   * Continues an assignment whose thread was given up, on this thread: ends the calls that have
   * failed, and makes the others again.
   *
   * @param hung the call that the thread hangs in
   * @param ended receives the calls as they end
   * @throws GivenUpError if this thread was given up too
   */
  public void continueAfter(OpenAssignment given, OpenCall hung, Consumer<EndedCall> ended) {
    reports.hung(hung.call().hook().id(), hung.call().directory());
    active.remove(given);
    spare.end();
    var scan = given.scan();
    var hanging = scan == null ? List.<OpenCall>of() : scan.abandon(hung);
    hanging.forEach(call -> call.giveUp(given::setGivenUp));
    var again = new ArrayList<CalledHook>();
    for (var call : given.calls()) {
      var hook = call.call().hook();
      if (call == hung || hanging.contains(call)) {
        hook.renew();
      }
      if (call.hasFailed()) {
        ended.accept(opener.end(given, call));
      } else {
        opener.forget(given, call);
        again.add(hook);
      }
    }
    var assignment = given.assignment();
    if (assignment != null && !again.isEmpty()) {
      make(assignment.of(again)).forEach(ended);
    }
  }

  /** A call that is not made, since its hook is paused. */
  public EndedCall postponed(CalledHook hook, Assignment assignment) {
    return opener.postponed(assignment.call(hook), assignment.claim());
  }

  /**
   * Forgets a hook that is no longer called; another hook with its id may be called from now on.
   */
  public void forget(CalledHook hook) {
    inThread.forget(hook);
  }

  /** The assignments that are being worked on. */
  public Set<OpenAssignment> active() {
    return active;
  }

  /** The calls that are being made. */
  public List<RunningCall> running() {
    var running = new ArrayList<RunningCall>();
    for (var open : active) {
      for (var call : open.calls()) {
        running.add(new RunningCall(call.call().hook().id(), call.call().directory(), call.age()));
      }
    }
    return running;
  }
}
