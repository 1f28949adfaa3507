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
 * together. A free worker gets the hook with the oldest next batch among the hooks that allow
 * another concurrent call: so the hooks stay close together on one batch's files, and a slow or
 * hanging hook only delays its own lane. Hooks of a shared scan that are at their limit are left
 * out of it.
 */
public final class Dispatcher {

  private final int workers;
  private final int lowWater;

  /** The assignments that were handed out and have not ended. */
  private final List<Assignment> running = new ArrayList<>();

  /** The number of those that occupy a worker of this process. */
  private int workersTaken;

  private List<CalledHook> hooks;
  private List<Lane> lanes;

  private int generation;

  private boolean ended;
  private boolean woken;

  /**
   * Creates a dispatcher to those of these hooks that have the site HOOK.
   *
   * @param workers the number of calls that threads of this process make at once; further threads
   *     wait for calls in other processes
   * @param lowWater the number of batches in a lane below which more are wanted
   */
  public Dispatcher(List<CalledHook> hooks, int workers, int lowWater) {
    this.workers = workers;
    this.lowWater = lowWater;
    this.hooks = List.copyOf(hooks);
    this.lanes = Lane.of(hooks, Set.of(), workers);
  }

  /**
   * Changes the hooks. Batches queued for a hook go to the new hook with its id; calls that are
   * being made continue.
   *
   * @param next all hooks
   * @param held the ids of the hooks that get nothing until {@link #hold} is called with other ids
   * @return the entries that were queued for hooks that no longer exist
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

  /** Puts the calls of a claim into their lanes; ignored after the end. */
  public synchronized void offer(Claim claim) {
    if (!ended) {
      offer(claim, claim.attempts().keySet());
      notifyAll();
    }
  }

  private void offer(Claim claim, Set<String> ids) {
    lanes.forEach(lane -> lane.offer(claim, ids));
  }

  /** The current generation of threads, which may take calls. */
  synchronized int generation() {
    return generation;
  }

  /** Starts a new generation: threads of earlier ones take no more calls. */
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
   * @param ofGeneration the generation of this thread
   * @return null when there will be no more calls for this thread
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
    long oldestBatch = Long.MAX_VALUE;
    boolean isWorkerFree = workersTaken < workers;
    for (var lane : lanes) {
      if (isWorkerFree || !lane.takesWorker()) {
        long batch = lane.nextBatch();
        if (batch < oldestBatch) {
          oldest = lane;
          oldestBatch = batch;
        }
      }
    }
    return oldest;
  }

  /**
   * Ends an assignment that was taken.
   *
   * @param assignment the assignment that was taken, or a part of it
   */
  public synchronized void end(Assignment assignment) {
    for (int i = 0; i < running.size(); i++) {
      var taken = running.get(i);
      if (taken.claim().equals(assignment.claim())
          && taken.hooks().contains(assignment.hooks().get(0))) {
        running.remove(i);
        workersTaken -= Lane.takesWorker(taken.hooks()) ? 1 : 0;
        for (var lane : lanes) {
          lane.countRunning(taken, -1);
        }
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

  /** Whether any hook is called with batches. */
  synchronized boolean hasHooks() {
    return !lanes.isEmpty();
  }

  /** Whether a lane runs short of batches. */
  synchronized boolean isHungry() {
    return !ended && lanes.stream().anyMatch(lane -> lane.isHungry(lowWater));
  }

  /** The hooks whose lanes are full, and that get no more batches for now. */
  synchronized Set<String> busy(int fullLane) {
    return lanes.stream().flatMap(lane -> lane.busy(fullLane).stream()).collect(toSet());
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

  /** Wakes the threads that wait, since the ledger may have new batches. */
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

  /** Takes nothing more; the content of the lanes is still handed out. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Takes nothing more and clears the lanes. */
  synchronized void abandon() {
    lanes.forEach(Lane::clear);
    end();
  }
}
