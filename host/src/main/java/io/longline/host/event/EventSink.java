package io.longline.host.event;

/** Takes what happens. Must be thread-safe: stages call it from their own threads. */
@FunctionalInterface
public interface EventSink {

  /** Takes an event; should be quick. What it throws is logged and harms nothing. */
  void accept(HostEvent event);
}
