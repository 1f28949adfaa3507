package io.longline.host.cli;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What a host has done and is doing, in one line, such as a progress bar shows. Thread-safe. */
final class HostStatusLine implements EventSink {

  /** Some names say where to look; the line is short. */
  private static final int MAX_PAUSED = 3;

  private final Clock clock;
  private final Map<String, Instant> pauseEnds = new TreeMap<>();
  private long accepted;
  private long ended;
  private long done;
  private long failed;

  /**
   * The line of a host that has done nothing.
   *
   * @param clock says which pauses are over
   */
  HostStatusLine(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void accept(HostEvent event) {
    if (event instanceof HostEvent.BatchAccepted) {
      accepted++;
    } else if (event instanceof HostEvent.BatchFinished finished) {
      ended++;
      done += finished.waitsForHooks() ? 0 : 1;
    } else if (event instanceof HostEvent.BatchUnavailable) {
      ended++;
      failed++;
    } else if (event instanceof HostEvent.CallDead) {
      failed++;
    } else if (event instanceof HostEvent.HookPaused paused) {
      pauseEnds.put(paused.hook(), paused.until());
    }
  }

  /**
   * The line.
   *
   * @param running how many calls are being made
   */
  synchronized String text(int running) {
    pauseEnds.values().removeIf(end -> !end.isAfter(clock.instant()));
    var text =
        "%d queued, %d running, %d done, %d failed"
            .formatted(Math.max(0, accepted - ended), running, done, failed);
    if (pauseEnds.isEmpty()) {
      return text;
    }
    var names = pauseEnds.keySet().stream().limit(MAX_PAUSED).toList();
    int more = pauseEnds.size() - names.size();
    return text
        + "; paused: "
        + String.join(", ", names)
        + (more > 0 ? " and " + more + " more" : "");
  }
}
