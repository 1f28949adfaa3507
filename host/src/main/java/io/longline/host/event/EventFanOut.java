package io.longline.host.event;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each event to several sinks; a sink that throws does not keep the event from the others.
 * Thread-safe.
 */
public final class EventFanOut implements EventSink {

  private static final Logger LOG = LoggerFactory.getLogger(EventFanOut.class);

  private final List<EventSink> sinks;
  private final ThreadLocal<Boolean> isHandingOut = ThreadLocal.withInitial(() -> false);

  /** Creates a fan-out to these, in this order. */
  public EventFanOut(List<EventSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  /** Whether this thread is handing out an event, so that its caller is one of the sinks. */
  public boolean isHandingOut() {
    return isHandingOut.get();
  }

  @Override
  public void accept(HostEvent event) {
    isHandingOut.set(true);
    for (var sink : sinks) {
      try {
        sink.accept(event);
      } catch (Throwable e) {
        // Listeners are code of the program that embeds the host.
        LOG.error("A listener failed on {}; the others received it.", event, e);
      }
    }
    isHandingOut.remove();
  }
}
