package io.longline.host.work;

import static java.util.stream.Collectors.toSet;

import io.longline.host.call.Assignment;
import io.longline.host.ledger.Claim;
import io.longline.host.plugins.CalledHook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pairs batches with hooks. Thread-safe.
 *
 * <p>Each hook has a lane of batches that it is to be called with; hooks that share a scan have one
 * together. A worker that is free gets, of the hooks that may be called once more at the same time,
 * the one whose next batch is oldest: so the hooks stay close together on one batch's files, and a
 * hook that is slow, or hangs, holds up its own lane alone.
 */
public final class Dispatcher {

  private final int workers;
  private final int lowWater;

  /** What was handed out and has not ended. */
  private final List<Assignment> running = new ArrayList<>();

  /** How many of them take a worker of this process. */
  private int workersTaken;

  private List<CalledHook> hooks;
  private List<Lane> lanes;

  private int generation;

  private boolean ended;
  private boolean woken;

  /**
   * A dispatcher to these hooks, of which it takes those with the site HOOK.
   *
   * @param workers how many calls are made at once by threads of this process; others wait for
   *     those that are made elsewhere
   * @param lowWater with fewer batches than this in a lane, more are wanted
   */
  public Dispatcher(List<CalledHook> hooks, int workers, int lowWater) {
    this.workers = workers;
    this.lowWater = lowWater;
    this.hooks = List.copyOf(hooks);
    this.lanes = Lane.of(hooks, Set.of(), workers);
  }

  /**
   * Hands out to other hooks from now on. Batches that were queued for a hook go to the hook with
   * the same id; the calls that are being made continue.
   *
   * @param next all hooks
   * @param held the ids of those that get nothing until {@link #hold} says otherwise
   * @return what was queued for hooks that no longer exist
   */
  synchronized List<Assignment> exchange(List<CalledHook> next, Set<String> held) {
    var owed = new ArrayList<Assignment>();
    lanes.forEach(lane -> owed.addAll(lane.owed()));
    hooks = List.copyOf(next);
    lanes = Lane.of(hooks, held, workers);
    for (var assignment : running) {
      lanes.forEach(lane -> lane.countRunning(assignment, 1));
    }
    var byClaim = new LinkedHashMap<Claim, Set<CalledHook>>();
    owed.sort(Comparator.comparing(assignment -> assignment.batch().number()));
    for (var assignment : owed) {
      byClaim
          .computeIfAbsent(assignment.claim(), claim -> new HashSet<>())
          .addAll(assignment.hooks());
    }
    var left = new ArrayList<Assignment>();
    byClaim.forEach(
        (claim, calls) -> {
          offer(claim, calls.stream().map(CalledHook::id).collect(toSet()));
          calls.removeIf(hook -> lanes.stream().anyMatch(lane -> lane.has(hook.id())));
          if (!calls.isEmpty()) {
            left.add(new Assignment(List.copyOf(calls), claim));
          }
        });
    notifyAll();
    return left;
  }

  /** Hands out nothing to these hooks, by id, until this is called again. */
  synchronized void hold(Set<String> held) {
    exchange(hooks, held);
  }

  /** Puts the calls of a claim into their lanes; after the end nothing happens. */
  public synchronized void offer(Claim claim) {
    if (!ended) {
      offer(claim, claim.attempts().keySet());
      notifyAll();
    }
  }

  private void offer(Claim claim, Set<String> ids) {
    lanes.forEach(lane -> lane.offer(claim, ids));
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
  public @Nullable Assignment take() throws InterruptedException {
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
        var assignment = lane.take();
        running.add(assignment);
        workersTaken += lane.takesWorker() ? 1 : 0;
        notifyAll();
        return assignment;
      }
      if (ended && lanes.stream().allMatch(Lane::isEmpty)) {
        return null;
      }
      wait();
    }
    return null;
  }

  private @Nullable Lane oldestFree() {
    Lane oldest = null;
    boolean isWorkerFree = workersTaken < workers;
    for (var lane : lanes) {
      if (lane.isFree()
          && (isWorkerFree || !lane.takesWorker())
          && (oldest == null || lane.nextBatch() < oldest.nextBatch())) {
        oldest = lane;
      }
    }
    return oldest;
  }

  /**
   * Ends an assignment that was taken.
   *
   * @param assignment what was taken, or a part of it
   */
  public synchronized void end(Assignment assignment) {
    for (int i = 0; i < running.size(); i++) {
      var taken = running.get(i);
      if (taken.claim().equals(assignment.claim())
          && taken.hooks().contains(assignment.hooks().get(0))) {
        running.remove(i);
        workersTaken -= Lane.takesWorker(taken.hooks()) ? 1 : 0;
        lanes.forEach(lane -> lane.countRunning(taken, -1));
        break;
      }
    }
    notifyAll();
  }

  /** Waits until no call of these hooks is being made. */
  synchronized void awaitEnd(Collection<CalledHook> ofHooks) throws InterruptedException {
    while (running.stream().anyMatch(taken -> taken.hooks().stream().anyMatch(ofHooks::contains))) {
      wait();
    }
  }

  /** Whether there is a hook to be called with batches at all. */
  synchronized boolean hasHooks() {
    return !lanes.isEmpty();
  }

  /** Whether a lane runs short of batches. */
  synchronized boolean isHungry() {
    return !ended && lanes.stream().anyMatch(lane -> lane.size() < lowWater);
  }

  /** The hooks with so many batches in their lane that they are to get no more for now. */
  synchronized Set<String> busy(int fullLane) {
    return lanes.stream()
        .filter(lane -> lane.size() >= fullLane)
        .flatMap(lane -> lane.hookIds().stream())
        .collect(toSet());
  }

  /** Waits until {@link #wake}, or a lane runs short of batches, or this long. */
  void awaitNeed(long millis) throws InterruptedException {
    await(millis, this::isHungry);
  }

  /** Waits until {@link #wake}, or this long. */
  void awaitNews(long millis) throws InterruptedException {
    await(millis, () -> false);
  }

  private synchronized void await(long millis, BooleanSupplier isEnough)
      throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis;
        left > 0 && !woken && !ended && !isEnough.getAsBoolean();
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
      wait(left);
    }
    woken = false;
  }

  /** Says that there may be something new in the ledger. */
  public synchronized void wake() {
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
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Takes nothing more and forgets what is in the lanes. */
  synchronized void abandon() {
    lanes.forEach(Lane::clear);
    end();
  }
}
