package io.longline.host.work;

import io.longline.api.Site;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.InstalledHook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

  private final List<Lane> lanes = new ArrayList<>();
  private final int lowWater;
  private boolean ended;
  private boolean woken;

  private static final class Lane {
    final List<InstalledHook> hooks;
    final int maxConcurrency;
    final Deque<Run> owed = new ArrayDeque<>();
    int running;

    Lane(List<InstalledHook> hooks, int maxConcurrency) {
      this.hooks = List.copyOf(hooks);
      this.maxConcurrency = maxConcurrency;
    }

    boolean isFree() {
      return running < maxConcurrency && !owed.isEmpty();
    }
  }

  /**
   * A dispatcher to these hooks, of which it takes those with the site HOOK.
   *
   * @param workers how many threads make calls
   * @param lowWater with fewer batches than this in a lane, more are wanted
   */
  Dispatcher(List<InstalledHook> hooks, int workers, int lowWater) {
    var called = hooks.stream().filter(hook -> hook.sites().contains(Site.HOOK)).toList();
    for (var hook : called) {
      if (hook.interest() == null) {
        lanes.add(new Lane(List.of(hook), hook.maxConcurrency()));
      }
    }
    var takers = called.stream().filter(hook -> hook.interest() != null).toList();
    // The sinks of different batches may be at work at once; how many are opened at once is seen to
    // when they are.
    // A scan that hangs takes its worker with it, and the other lanes are to have one left.
    int scans = lanes.isEmpty() ? workers : Math.max(1, workers - 1);
    // Each process has scans of its own.
    var places =
        takers.stream()
            .collect(
                Collectors.groupingBy(
                    hook -> hook.isIsolated() ? hook.pluginId() : "",
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (var together : places.values()) {
      ScanPlan.groups(together).forEach(group -> lanes.add(new Lane(group, scans)));
    }
    this.lowWater = lowWater;
  }

  /** Puts the calls of a claim into their lanes; after the end nothing happens. */
  synchronized void offer(Claim claim) {
    if (ended) {
      return;
    }
    for (var lane : lanes) {
      var due =
          lane.hooks.stream().filter(hook -> claim.attempts().containsKey(hook.id())).toList();
      if (!due.isEmpty()) {
        lane.owed.add(new Run(due, claim));
      }
    }
    notifyAll();
  }

  /**
   * Waits for a call that can be made, and takes it.
   *
   * @return null when there will be no more
   */
  synchronized @Nullable Run take() throws InterruptedException {
    for (; ; ) {
      var lane = oldestFree();
      if (lane != null) {
        lane.running++;
        notifyAll();
        return lane.owed.removeFirst();
      }
      if (ended && lanes.stream().allMatch(each -> each.owed.isEmpty())) {
        return null;
      }
      wait();
    }
  }

  private @Nullable Lane oldestFree() {
    Lane oldest = null;
    for (var lane : lanes) {
      if (lane.isFree() && (oldest == null || number(lane) < number(oldest))) {
        oldest = lane;
      }
    }
    return oldest;
  }

  private static long number(Lane lane) {
    return lane.owed.getFirst().batch().number();
  }

  /** Ends a call that was taken. */
  synchronized void end(Run run) {
    for (var lane : lanes) {
      if (lane.hooks.contains(run.hooks().get(0))) {
        lane.running--;
      }
    }
    notifyAll();
  }

  /** Whether there is a hook to be called with batches at all. */
  boolean hasHooks() {
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
