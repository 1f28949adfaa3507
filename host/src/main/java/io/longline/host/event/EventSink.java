package io.longline.host.event;

/** Receives events. Must be thread-safe: stages call it from their own threads. */
@FunctionalInterface
public interface EventSink {

  /** Receives an event; should be quick. Exceptions are logged and harm nothing. */
  void accept(HostEvent event);
}
