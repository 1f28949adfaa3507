package io.longline.host.work;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.longline.api.Site;
import io.longline.host.call.Assignment;
import io.longline.host.call.ScanPlan;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * The batches that one hook is to be called with, or several hooks that share a scan. A hook that
 * is at its limit is left out of the next scan, and catches up with its batches when it is free.
 * Confined to its dispatcher, under the dispatcher's lock.
 */
final class Lane {

  private final List<CalledHook> hooks;
  private final List<String> hookIds;
  private final int maxConcurrency;

  /** Whether a hook may be at its limit while others of the lane are not. */
  private final boolean hasLimits;

  /** The oldest first. */
  private final List<Assignment> owed = new ArrayList<>();

  /** The number of assignments that are being worked on. */
  private int running;

  /** The number of those that each hook is in. */
  private final int[] runningOf;

  private Lane(List<CalledHook> hooks, int maxConcurrency) {
    this.hooks = List.copyOf(hooks);
    this.hookIds = hooks.stream().map(CalledHook::id).toList();
    this.maxConcurrency = maxConcurrency;
    this.hasLimits =
        hooks.size() > 1 && hooks.stream().anyMatch(hook -> hook.maxConcurrency() < maxConcurrency);
    this.runningOf = new int[hooks.size()];
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
    // A scan that hangs blocks its worker, and one worker must remain for the other lanes.
    int scans = lanes.isEmpty() ? workers : Math.max(1, workers - 1);
    // Each process has scans of its own.
    var byProcess =
        takers.stream()
            .collect(groupingBy(hook -> hook.place().process(), LinkedHashMap::new, toList()))
            .values();
    for (var together : byProcess) {
      ScanPlan.groups(together).forEach(group -> lanes.add(ofScan(group, scans)));
    }
    return lanes;
  }

  /** Hooks that share a scan have limits of their own. */
  private static Lane ofScan(List<CalledHook> group, int scans) {
    return new Lane(
        group, group.size() == 1 ? Math.min(scans, group.get(0).maxConcurrency()) : scans);
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

  /**
   * The number of the oldest batch that some of the hooks can be called with now; {@link
   * Long#MAX_VALUE} if there is none.
   */
  long nextBatch() {
    int next = next();
    return next < 0 ? Long.MAX_VALUE : owed.get(next).batch().number();
  }

  /** The index of the oldest assignment of which at least one hook is free; -1 if none is. */
  private int next() {
    if (running >= maxConcurrency || owed.isEmpty()) {
      return -1;
    }
    if (!hasLimits) {
      return 0;
    }
    for (int i = 0; i < owed.size(); i++) {
      if (owed.get(i).hooks().stream().anyMatch(this::isFree)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isFree(CalledHook hook) {
    return runningOf[hookIds.indexOf(hook.id())] < hook.maxConcurrency();
  }

  /**
   * Takes the next assignment, which must exist, as far as its hooks are free; for the others it
   * stays in its place.
   */
  Assignment take() {
    int next = next();
    var whole = owed.get(next);
    var free = hasLimits ? whole.hooks().stream().filter(this::isFree).toList() : whole.hooks();
    var taken = free.size() == whole.hooks().size() ? whole : whole.of(free);
    if (taken.hooks().size() == whole.hooks().size()) {
      owed.remove(next);
    } else {
      var left = whole.hooks().stream().filter(hook -> !free.contains(hook)).toList();
      owed.set(next, whole.of(left));
    }
    countRunning(taken, 1);
    return taken;
  }

  List<Assignment> owed() {
    return List.copyOf(owed);
  }

  boolean isEmpty() {
    return owed.isEmpty();
  }

  void clear() {
    owed.clear();
  }

  /** Whether a hook of the lane runs short of batches. */
  boolean isHungry(int lowWater) {
    return hasLimits
        ? hooks.stream().anyMatch(hook -> owedTo(hook) < lowWater)
        : owed.size() < lowWater;
  }

  /** The ids of the hooks that have enough batches for now. */
  List<String> busy(int enough) {
    if (!hasLimits) {
      return owed.size() < enough ? List.of() : hookIds;
    }
    return hooks.stream().filter(hook -> owedTo(hook) >= enough).map(CalledHook::id).toList();
  }

  private long owedTo(CalledHook hook) {
    return owed.stream().filter(assignment -> assignment.hooks().contains(hook)).count();
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
    boolean isOfLane = false;
    for (var called : assignment.hooks()) {
      int hook = hookIds.indexOf(called.id());
      if (hook >= 0) {
        runningOf[hook] += count;
        isOfLane = true;
      }
    }
    running += isOfLane ? count : 0;
  }

  boolean has(String id) {
    return hookIds.contains(id);
  }
}
