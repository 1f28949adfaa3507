package io.longline.host.work;

import io.longline.api.Site;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.InstalledHook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pairs batches with hooks. Thread-safe.
 *
 * <p>Each hook has a lane of batches that it is to be called with; hooks that share a scan have one
 * together. A worker that is free gets, of the hooks that may be called once more at the same time,
 * the one whose next batch is oldest: so the hooks stay close together on one batch's files, and a
 * hook that is slow, or hangs, holds up its own lane alone.
 */
final class Dispatcher {

  private final int workers;
  private final int lowWater;

  /** What was handed out and has not ended. */
  private final List<Assignment> running = new ArrayList<>();

  /** How many of them are calls that are made in this process. */
  private int here;

  private List<Lane> lanes = List.of();

  private int generation;

  private boolean ended;
  private boolean woken;

  private static final class Lane {
    final List<InstalledHook> hooks;
    final int maxConcurrency;
    final Deque<Assignment> owed = new ArrayDeque<>();
    int running;

    Lane(List<InstalledHook> hooks, int maxConcurrency) {
      this.hooks = List.copyOf(hooks);
      this.maxConcurrency = maxConcurrency;
    }

    boolean isFree() {
      return running < maxConcurrency && !owed.isEmpty();
    }

    boolean isElsewhere() {
      return hooks.get(0).isIsolated();
    }

    /** Whether a assignment is of a hook of this lane, be it another version of it. */
    boolean serves(Assignment assignment) {
      for (var called : assignment.hooks()) {
        for (var hook : hooks) {
          if (hook.id().equals(called.id())) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /**
   * A dispatcher to these hooks, of which it takes those with the site HOOK.
   *
   * @param workers how many calls are made at once by threads of this process; others wait for
   *     those that are made elsewhere
   * @param lowWater with fewer batches than this in a lane, more are wanted
   */
  Dispatcher(List<InstalledHook> hooks, int workers, int lowWater) {
    this.workers = workers;
    this.lowWater = lowWater;
    setHooks(hooks, Set.of());
  }

  /**
   * Hands out to other hooks from now on. What was meant for those before goes to those of the same
   * ids; the calls that are being made continue.
   *
   * @param hooks all hooks
   * @param held the ids of those that get nothing until this is called again
   * @return calls of hooks that are not there any more
   */
  synchronized List<Assignment> setHooks(List<InstalledHook> hooks, Set<String> held) {
    var owed = new ArrayList<Assignment>();
    lanes.forEach(lane -> owed.addAll(lane.owed));
    lanes = lanes(hooks, held);
    for (var assignment : running) {
      countAsRunning(assignment, 1);
    }
    var left = new ArrayList<Assignment>();
    var byClaim = new LinkedHashMap<Claim, Set<InstalledHook>>();
    owed.sort(Comparator.comparing(assignment -> assignment.batch().number()));
    owed.forEach(
        assignment ->
            byClaim
                .computeIfAbsent(assignment.claim(), claim -> new HashSet<>())
                .addAll(assignment.hooks()));
    byClaim.forEach(
        (claim, calls) -> {
          offer(claim, calls.stream().map(InstalledHook::id).collect(Collectors.toSet()));
          calls.removeIf(hook -> lanes.stream().anyMatch(lane -> has(lane, hook.id())));
          if (!calls.isEmpty()) {
            left.add(new Assignment(List.copyOf(calls), claim));
          }
        });
    notifyAll();
    return left;
  }

  private static boolean has(Lane lane, String id) {
    return lane.hooks.stream().anyMatch(hook -> hook.id().equals(id));
  }

  private List<Lane> lanes(List<InstalledHook> hooks, Set<String> held) {
    var made = new ArrayList<Lane>();
    var called = hooks.stream().filter(hook -> hook.sites().contains(Site.HOOK)).toList();
    var takers = new ArrayList<InstalledHook>();
    for (var hook : called) {
      if (held.contains(hook.id())) {
        made.add(new Lane(List.of(hook), 0));
      } else if (hook.interest() == null) {
        made.add(new Lane(List.of(hook), hook.maxConcurrency()));
      } else {
        takers.add(hook);
      }
    }
    // The sinks of different batches may be at work at once; how many are opened at once is seen to
    // when they are.
    // A scan that hangs takes its worker with it, and the other lanes are to have one left.
    int scans = made.isEmpty() ? workers : Math.max(1, workers - 1);
    // Each process has scans of its own.
    var places =
        takers.stream()
            .collect(
                Collectors.groupingBy(
                    InstalledHook::process, LinkedHashMap::new, Collectors.toList()));
    for (var together : places.values()) {
      ScanPlan.groups(together).forEach(group -> made.add(new Lane(group, scans)));
    }
    return made;
  }

  /** Puts the calls of a claim into their lanes; after the end nothing happens. */
  synchronized void offer(Claim claim) {
    if (!ended) {
      offer(claim, claim.attempts().keySet());
      notifyAll();
    }
  }

  private void offer(Claim claim, Set<String> ids) {
    for (var lane : lanes) {
      var due = lane.hooks.stream().filter(hook -> ids.contains(hook.id())).toList();
      if (!due.isEmpty()) {
        lane.owed.add(new Assignment(due, claim));
      }
    }
  }

  /** The number of those threads that are to take calls from now on. */
  synchronized int generation() {
    return generation;
  }

  /** Has other threads take calls from now on. */
  synchronized void renewThreads() {
    generation++;
    notifyAll();
  }

  /** Waits for a call that can be made, and takes it, whichever thread this is. */
  @Nullable Assignment take() throws InterruptedException {
    return take(generation());
  }

  /**
   * Waits for a call that can be made, and takes it.
   *
   * @param ofGeneration which threads this one is of
   * @return null when there will be no more for this thread
   */
  synchronized @Nullable Assignment take(int ofGeneration) throws InterruptedException {
    while (ofGeneration == generation) {
      var lane = oldestFree();
      if (lane != null) {
        var assignment = lane.owed.removeFirst();
        running.add(assignment);
        here += lane.isElsewhere() ? 0 : 1;
        lane.running++;
        notifyAll();
        return assignment;
      }
      if (ended && lanes.stream().allMatch(each -> each.owed.isEmpty())) {
        return null;
      }
      wait();
    }
    return null;
  }

  private @Nullable Lane oldestFree() {
    Lane oldest = null;
    boolean isRoomHere = here < workers;
    for (var lane : lanes) {
      if (lane.isFree()
          && (isRoomHere || lane.isElsewhere())
          && (oldest == null || number(lane) < number(oldest))) {
        oldest = lane;
      }
    }
    return oldest;
  }

  private static long number(Lane lane) {
    return lane.owed.getFirst().batch().number();
  }

  /**
   * Ends a call that was taken.
   *
   * @param assignment what was taken, or some of its calls
   */
  synchronized void end(Assignment assignment) {
    for (int i = 0; i < running.size(); i++) {
      var taken = running.get(i);
      if (taken.claim().equals(assignment.claim())
          && taken.hooks().contains(assignment.hooks().get(0))) {
        running.remove(i);
        here -= taken.hooks().get(0).isIsolated() ? 0 : 1;
        countAsRunning(taken, -1);
        break;
      }
    }
    notifyAll();
  }

  private void countAsRunning(Assignment assignment, int count) {
    for (var lane : lanes) {
      if (lane.serves(assignment)) {
        lane.running += count;
      }
    }
  }

  /** Waits until no call of these hooks is being made. */
  synchronized void awaitEnd(Collection<InstalledHook> hooks) throws InterruptedException {
    while (running.stream()
        .anyMatch(assignment -> assignment.hooks().stream().anyMatch(hooks::contains))) {
      wait();
    }
  }

  /** Whether there is a hook to be called with batches at all. */
  synchronized boolean hasHooks() {
    return !lanes.isEmpty();
  }

  /** Whether a lane runs short of batches. */
  synchronized boolean isHungry() {
    return !ended && lanes.stream().anyMatch(lane -> lane.owed.size() < lowWater);
  }

  /** The hooks with so many batches in their lane that they are to get no more for now. */
  synchronized Set<String> busy(int fullLane) {
    return lanes.stream()
        .filter(lane -> lane.owed.size() >= fullLane)
        .flatMap(lane -> lane.hooks.stream().map(InstalledHook::id))
        .collect(Collectors.toSet());
  }

  /** Waits until {@link #wake}, or a call begins or ends, or so long. */
  synchronized void pause(long millis, boolean isForHunger) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis;
        left > 0 && !woken && !ended && !(isForHunger && isHungry());
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
      wait(left);
    }
    woken = false;
  }

  /** Ends a pause: there may be something new. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Waits until nothing more is taken. */
  synchronized void awaitEnd() throws InterruptedException {
    while (!ended) {
      wait();
    }
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** Takes nothing more; what is in the lanes is still handed out. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Takes nothing more and forgets what is in the lanes. */
  synchronized void abandon() {
    lanes.forEach(lane -> lane.owed.clear());
    end();
  }
}
