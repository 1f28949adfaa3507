package io.longline.host.isolation;

import io.longline.host.call.CallListener;
import io.longline.host.call.ProcessDiedException;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.isolation.wire.ProcessMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The assignments that a process is working on, by number. Thread-safe. */
final class PendingAssignments {

  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

  /** An assignment that is being worked on. */
  static final class Pending {
    private final CallListener listener;
    private final Map<String, Ending> ended = new LinkedHashMap<>();
    private final CompletableFuture<Map<String, Ending>> over = new CompletableFuture<>();

    /** Whether another assignment was being worked on at some time meanwhile. */
    private volatile boolean hadCompany;

    private Pending(CallListener listener) {
      this.listener = listener;
    }

    /** How each call ended, by the hook's id, when the assignment is over. */
    CompletableFuture<Map<String, Ending>> over() {
      return over;
    }

    private void end(ProcessMessage.Over message) {
      if (!message.hungIn().isEmpty()) {
        listener.hung(message.hungIn());
      }
      over.complete(ended);
    }
  }

  Pending add(long assignment, CallListener listener) {
    var added = new Pending(listener);
    pending.put(assignment, added);
    return added;
  }

  /** Takes note of assignments that are worked on side by side. */
  void markCompany() {
    if (pending.size() > 1) {
      pending.values().forEach(each -> each.hadCompany = true);
    }
  }

  void remove(long assignment) {
    pending.remove(assignment);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Takes a message about one of the assignments; what is about none of them is left out. */
  void take(ProcessMessage message) {
    if (message instanceof ProcessMessage.Written written) {
      with(written.assignment(), each -> each.listener.wrote(written.hook(), written.part()));
    } else if (message instanceof ProcessMessage.Remarked remark) {
      withAny(each -> each.listener.remarked(remark.warning()));
    } else if (message instanceof ProcessMessage.Sighted sighted) {
      with(sighted.assignment(), each -> each.listener.sighted(sighted.hook(), sighted.sighting()));
    } else if (message instanceof ProcessMessage.Damaged damaged) {
      withAny(each -> each.listener.damaged(damaged.report(), damaged.hooks()));
    } else if (message instanceof ProcessMessage.Ended ended) {
      with(ended.assignment(), each -> each.ended.put(ended.hook(), ended.ending()));
    } else if (message instanceof ProcessMessage.Over over) {
      with(over.assignment(), each -> each.end(over));
      remove(over.assignment());
    }
  }

  private void with(long assignment, Consumer<Pending> action) {
    var found = pending.get(assignment);
    if (found != null) {
      action.accept(found);
    }
  }

  private void withAny(Consumer<Pending> action) {
    pending.values().stream().findFirst().ifPresent(action);
  }

  /**
   * Reports the end of the process to everybody who waits.
   *
   * @param end how it ended
   */
  void fail(String end) {
    boolean wasAlone = pending.size() == 1;
    for (var each : pending.values()) {
      each.over.completeExceptionally(
          new ProcessDiedException(end, wasAlone && !each.hadCompany, Blame.HOOK));
    }
  }

  /** Waits a second for each assignment that is being worked on. */
  void awaitAWhile() throws InterruptedException {
    for (var each : pending.values()) {
      try {
        each.over.get(1, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // The caller checks again.
      }
    }
  }
}
