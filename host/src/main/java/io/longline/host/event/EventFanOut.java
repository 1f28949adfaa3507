package io.longline.host.event;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each event to several sinks; one that throws does not keep it from the others. Thread-safe.
 */
public final class EventFanOut implements EventSink {

  private static final Logger LOG = LoggerFactory.getLogger(EventFanOut.class);

  private final List<EventSink> sinks;

  /** A fan-out to these, in this order. */
  public EventFanOut(List<EventSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  @Override
  public void accept(HostEvent event) {
    for (var sink : sinks) {
      try {
        sink.accept(event);
      } catch (Throwable e) {
        // Listeners are code of the program that embeds the host.
        LOG.error("A listener failed on {}; the others were told.", event, e);
      }
    }
  }
}
