package io.longline.host.service;

import java.util.List;

/** How a program is that runs as a service. Thread-safe. */
public interface ServiceState {

  /** A program that is starting. */
  ServiceState STARTING = () -> "Starting";

  /** What it is doing, in one line. */
  String status();

  /** Whether it has started. */
  default boolean isReady() {
    return false;
  }

  /** Whether it is ending since somebody has asked it to. */
  default boolean isStopping() {
    return false;
  }

  /** What of it hangs; empty if all is well. */
  default List<String> stuck() {
    return List.of();
  }
}
