package io.longline.host.testing;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps all events, and lets a test wait for one. */
public final class AwaitedEvents implements EventSink {

  private static final long LIMIT_SECONDS = 60;

  private final List<HostEvent> events = new ArrayList<>();

  @Override
  public synchronized void accept(HostEvent event) {
    events.add(event);
    notifyAll();
  }

  /** All events of a kind, in their order. */
  public synchronized <T extends HostEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits until this number of events of a kind match. */
  public synchronized <T extends HostEvent> void await(
      int count, Class<T> type, Predicate<T> isWanted) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (of(type).stream().filter(isWanted).count() < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "There are not %d of %s after %d s; there are: %s"
                .formatted(count, type.getSimpleName(), LIMIT_SECONDS, events));
      }
      wait(left);
    }
  }

  /** Waits until this number of calls of a hook have ended. */
  public void awaitCalls(String hook, int count) throws InterruptedException {
    await(count, HostEvent.CallEnded.class, run -> run.hook().equals(hook));
  }
}
