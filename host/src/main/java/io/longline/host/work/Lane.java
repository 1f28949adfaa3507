package io.longline.host.work;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.longline.api.Site;
import io.longline.host.call.Assignment;
import io.longline.host.call.ScanPlan;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookPlace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * The batches that one hook is to be called with, or several hooks that share a scan. Confined to
 * its dispatcher, under the dispatcher's lock.
 */
final class Lane {

  private final List<CalledHook> hooks;
  private final List<String> hookIds;
  private final int maxConcurrency;
  private final Deque<Assignment> owed = new ArrayDeque<>();
  private int running;

  private Lane(List<CalledHook> hooks, int maxConcurrency) {
    this.hooks = List.copyOf(hooks);
    this.hookIds = hooks.stream().map(CalledHook::id).toList();
    this.maxConcurrency = maxConcurrency;
  }

  /**
   * The lanes of the hooks that are called with batches.
   *
   * @param held the ids of the hooks that get no batch for now
   * @param workers the number of calls that threads of this process make at once
   */
  static List<Lane> of(List<CalledHook> hooks, Set<String> held, int workers) {
    var lanes = new ArrayList<Lane>();
    var takers = new ArrayList<CalledHook>();
    for (var hook : hooks) {
      if (!hook.isCalledAt(Site.HOOK)) {
        continue;
      }
      if (held.contains(hook.id())) {
        lanes.add(new Lane(List.of(hook), 0));
      } else if (hook.interest() == null) {
        lanes.add(new Lane(List.of(hook), hook.maxConcurrency()));
      } else {
        takers.add(hook);
      }
    }
    // Sinks of different batches may be at work at once; opening them obeys the hook's limit. A
    // scan that hangs blocks its worker, and one worker must remain for the other lanes.
    int scans = lanes.isEmpty() ? workers : Math.max(1, workers - 1);
    // Each process has scans of its own.
    var byProcess =
        takers.stream()
            .collect(groupingBy(hook -> hook.place().process(), LinkedHashMap::new, toList()))
            .values();
    for (var together : byProcess) {
      ScanPlan.groups(together).forEach(group -> lanes.add(new Lane(group, scans)));
    }
    return lanes;
  }

  /** Queues a claim for those of the hooks that are named. */
  void offer(Claim claim, Collection<String> ids) {
    var due = hooks;
    if (!ids.containsAll(hookIds)) {
      due = hooks.stream().filter(hook -> ids.contains(hook.id())).toList();
    }
    if (!due.isEmpty()) {
      owed.add(new Assignment(due, claim));
    }
  }

  /** Whether an assignment can be taken now. */
  boolean isFree() {
    return running < maxConcurrency && !owed.isEmpty();
  }

  boolean isEmpty() {
    return owed.isEmpty();
  }

  int size() {
    return owed.size();
  }

  /** The number of the next batch; the lane must not be empty. */
  long nextBatch() {
    return owed.getFirst().batch().number();
  }

  /** Takes the next assignment; the lane must not be empty. */
  Assignment take() {
    running++;
    return owed.removeFirst();
  }

  List<Assignment> owed() {
    return List.copyOf(owed);
  }

  void clear() {
    owed.clear();
  }

  /**
   * Whether a call occupies one of the host's workers, and not just a thread that waits for a
   * process.
   */
  boolean takesWorker() {
    return takesWorker(hooks);
  }

  static boolean takesWorker(List<CalledHook> called) {
    return called.get(0).place() instanceof HookPlace.InHost;
  }

  /** Counts an assignment of any of the hooks, even one of another version of the hook. */
  void countRunning(Assignment assignment, int count) {
    for (var called : assignment.hooks()) {
      if (has(called.id())) {
        running += count;
        return;
      }
    }
  }

  boolean has(String id) {
    return hookIds.contains(id);
  }

  List<String> hookIds() {
    return hookIds;
  }
}
